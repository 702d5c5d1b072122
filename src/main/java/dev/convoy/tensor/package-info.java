/**
 * Shapes of images and vectors, and the checks, errors and marks that all rooms share. Nothing here
 * holds values.
 */
package dev.convoy.tensor;

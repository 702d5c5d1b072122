/**
 * Shapes of images and vectors, and the checks and errors that all rooms share. Nothing here holds
 * values.
 */
package dev.convoy.tensor;

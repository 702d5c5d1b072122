/**
 * Passes of layers that move values and compute next to nothing: slices, borders, resampled planes.
 */
package dev.convoy.nn.replica.pass.shape;

/**
 * Passes of layers that map values by themselves, or the channels of a pixel, and hold no image's
 * shape.
 */
package dev.convoy.nn.replica.pass.activation;

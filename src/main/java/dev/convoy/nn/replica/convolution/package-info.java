/**
 * The algorithms of convolution on planes and lane blocks, by taps and by Winograd. They know
 * windows and filters, but neither nodes nor the order of layers.
 */
package dev.convoy.nn.replica.convolution;

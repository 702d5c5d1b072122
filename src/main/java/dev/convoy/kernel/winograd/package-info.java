/**
 * The transforms of Winograd's convolution between planes and tiles. The products between the
 * transforms belong to {@code dev.convoy.kernel.panel}, the order of both to the convolution.
 */
package dev.convoy.kernel.winograd;

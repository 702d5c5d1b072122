/**
 * Sums of products over taps, and of planes: direct convolution, its gradients and those of its
 * bias. A facade that checks, a scalar and a vector implementation side by side. What positions and
 * taps mean to a layer is known to the layer's pass alone.
 */
package dev.convoy.kernel.tap;

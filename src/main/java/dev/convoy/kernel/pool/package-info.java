/** Largest values and sums of windows, and their gradients. */
package dev.convoy.kernel.pool;

/** Products of a matrix with a batch, and their gradients, the matrix read where it lies. */
package dev.convoy.kernel.dense;

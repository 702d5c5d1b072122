/** Passes of layers that make one value of a window. */
package dev.convoy.nn.replica.pass.pool;

/**
 * Passes of layers that scale values by statistics of the batch or of the example, or by trained
 * factors.
 */
package dev.convoy.nn.replica.pass.normalization;

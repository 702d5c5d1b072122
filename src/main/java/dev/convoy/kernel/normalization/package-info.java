/**
 * Sums over a channel, and what normalisation and its gradient make of its values. Statistics over
 * batches and workers are not known here.
 */
package dev.convoy.kernel.normalization;

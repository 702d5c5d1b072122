/**
 * The loop around the round: epochs, early stopping, checkpoints, and what listeners are told. It
 * runs as it is in one thread, and is what every distributed way to train must equal to the last
 * bit.
 */
package dev.convoy.train;

/**
 * A round of training as a function of state and data: who uses which example when, what a worker
 * does, how contributions are averaged, and the loop around it. It runs as it is in one thread, and
 * is what every distributed way to train must equal to the last bit.
 */
package dev.convoy.train;

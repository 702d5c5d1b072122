/**
 * The round as a pure function: a plan, a state, what a worker does with its examples, and how
 * contributions become the next state.
 */
package dev.convoy.train.round;

/**
 * Losses of a batch and their gradients, and the tasks that they belong to. Scores that nobody
 * trains by belong to {@code train.score}.
 */
package dev.convoy.loss;

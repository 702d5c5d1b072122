/**
 * How well a model does on examples: losses, accuracies and errors, in whole numbers where order
 * must not matter.
 */
package dev.convoy.train.score;

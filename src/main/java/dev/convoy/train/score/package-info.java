/**
 * How well a model does on examples: losses, accuracies and errors, each example counted by its
 * weight, summed in the order of the data.
 */
package dev.convoy.train.score;

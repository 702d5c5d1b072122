package dev.convoy.loss;

/**
 * Cross-entropy of softmax probabilities, from logits and class numbers.
 *
 * @param labelSmoothing share of the target spread evenly over all classes, in {@code [0, 1)}; 0 by default
 */
public record SoftmaxCrossEntropy(float labelSmoothing) implements Loss {}

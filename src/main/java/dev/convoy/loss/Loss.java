package dev.convoy.loss;

/** What training makes small. */
public sealed interface Loss permits SoftmaxCrossEntropy {}

package dev.convoy.loss;

import dev.convoy.api.PublicApi;

/** Makes predictions of a network's outputs; losses take the outputs as they are. */
@PublicApi
public enum OutputActivation {
  /** Probabilities of classes, which add up to 1, by softmax. */
  SOFTMAX,

  /** A probability of each output by itself: {@code 1 / (1 + e^-x)}. */
  SIGMOID,

  /** The outputs are the prediction. */
  NONE
}

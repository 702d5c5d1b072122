package dev.convoy.loss;

import dev.convoy.api.PublicApi;
import java.util.Locale;

/** Says what a network learns to tell of an image: it follows from the labels and the loss. */
@PublicApi
public enum Task {
  /**
   * Its class, one of several: the label is a class number, and the largest output, the first of
   * equal ones, is the prediction. Losses of vectors take the one-hot vector of the class.
   */
  CLASSIFICATION,

  /**
   * The labels that it has, any number of them: the target is a vector of 0 and 1, and an output
   * above 0 (a probability above 0.5) predicts its label.
   */
  MULTI_LABEL,

  /** Numbers: the target is a vector of them, and the outputs are the prediction. */
  REGRESSION;

  /** Returns the name as in {@code multi-label}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

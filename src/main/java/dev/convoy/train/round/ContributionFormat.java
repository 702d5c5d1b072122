package dev.convoy.train.round;

import dev.convoy.api.PublicApi;
import dev.convoy.nn.BFloat16;

/** The precision in which workers send what they contribute to a round. */
@PublicApi
public enum ContributionFormat {
  /** Four bytes a value: nothing is lost. */
  FLOAT32,

  /**
   * Two bytes a value. Of parameters the change against the state that the round started from is
   * rounded, which is small beside them, and lost digits with it; of gradients and of what the
   * optimizer remembers the value itself, so that a mean of squares stays above 0.
   */
  BFLOAT16;

  /**
   * What a worker sends of its parameters, in place of where they were.
   *
   * @param start where they were when the round began; becomes what is sent
   * @param parameters where they are
   */
  static void change(float[] start, float[] parameters) {
    for (int i = 0; i < start.length; i++) {
      start[i] = BFloat16.round(parameters[i] - start[i]);
    }
  }

  /** The mean of what workers sent as the mean of their parameters, in place. */
  void complete(float[] mean, float[] start) {
    if (this == BFLOAT16) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += start[i];
      }
    }
  }
}

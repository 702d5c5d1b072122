package dev.convoy.train;

/**
 * Some of the parameters as they were at a time, to tell how far training has moved them since: all
 * of them would take a large model's memory twice.
 */
final class WeightsSample {
  /** Enough for a norm that is right to a percent or two. */
  private static final int MOST = 1 << 16;

  private final int stride;
  private final float[] before;

  /** Takes parameters at equal distances. */
  WeightsSample(float[] parameters) {
    stride = Math.max(1, (parameters.length + MOST - 1) / MOST);
    before = new float[(parameters.length + stride - 1) / stride];
    for (int i = 0; i < before.length; i++) {
      before[i] = parameters[i * stride];
    }
  }

  /**
   * Returns the norm of the change, divided by that of the parameters before it; 0 if nothing
   * changed.
   */
  double change(float[] parameters) {
    double change = 0;
    double norm = 0;
    for (int i = 0; i < before.length; i++) {
      double difference = (double) parameters[i * stride] - before[i];
      change += difference * difference;
      norm += (double) before[i] * before[i];
    }
    return change == 0 ? 0 : Math.sqrt(change / norm);
  }
}

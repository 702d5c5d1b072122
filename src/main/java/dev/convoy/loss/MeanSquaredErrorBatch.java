package dev.convoy.loss;

/** {@link MeanSquaredError} at work: {@code dx = 2 · (x - t)}. */
final class MeanSquaredErrorBatch extends ElementwiseBatch {
  MeanSquaredErrorBatch(int outputs) {
    super(outputs);
  }

  @Override
  double loss(float x, float target, int output, int lane) {
    double error = (double) x - target;
    return error * error;
  }

  @Override
  float gradient(float x, float target, int output, int lane) {
    return 2 * (x - target);
  }
}

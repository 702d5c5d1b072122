package dev.convoy.loss;

/** {@link MeanAbsoluteError} at work: {@code dx} is the sign of {@code x - t}, 0 where it is 0. */
final class MeanAbsoluteErrorBatch extends ElementwiseBatch {
  MeanAbsoluteErrorBatch(int outputs) {
    super(outputs);
  }

  @Override
  double loss(float x, float target, int output, int lane) {
    return Math.abs((double) x - target);
  }

  @Override
  float gradient(float x, float target, int output, int lane) {
    return Math.signum(x - target);
  }
}

package dev.convoy.loss;

/** {@link Huber} at work: {@code dx} is {@code x - t}, cut off at delta and -delta. */
final class HuberBatch extends ElementwiseBatch {
  private final float delta;

  HuberBatch(Huber loss, int outputs) {
    super(outputs);
    delta = loss.delta();
  }

  @Override
  double loss(float x, float target, int output, int lane) {
    double size = Math.abs((double) x - target);
    return size <= delta ? 0.5 * size * size : delta * (size - 0.5 * delta);
  }

  @Override
  float gradient(float x, float target, int output, int lane) {
    return Math.max(-delta, Math.min(delta, x - target));
  }
}

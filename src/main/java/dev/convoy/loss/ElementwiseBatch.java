package dev.convoy.loss;

import dev.convoy.kernel.lane.Lanes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A loss that is a sum over the outputs of an example, each by itself, at work. It weighs each
 * example by the number of outputs, so that the mean is over both.
 */
abstract class ElementwiseBatch extends BatchLoss {
  private static final int[] NO_LABELS = {};
  private static final float[] NO_TARGETS = {};

  private final int outputs;

  ElementwiseBatch(int outputs) {
    this.outputs = outputs;
  }

  final int outputs() {
    return outputs;
  }

  /** Gets ready for the lane block {@code [outputs, 16]} at {@code offset}. */
  void begin(float[] outputs, int offset) {}

  /** The loss of one output x. */
  abstract double loss(float x, float target, int output, int lane);

  /** Its derivative by x. */
  abstract float gradient(float x, float target, int output, int lane);

  /**
   * The share of an example's outputs that predict their target; NaN where that has no meaning.
   *
   * @param at where the example's first output lies; the next ones follow a lane width apart
   * @param row where its targets lie
   */
  double right(float[] outputs, int at, float[] targets, int row) {
    return Double.NaN;
  }

  @Override
  protected final double weightOf(int label) {
    return outputs;
  }

  @Override
  protected final double weightOf(float[] shares, int image) {
    return outputs;
  }

  @Override
  protected final double vectorWeight() {
    return outputs;
  }

  @Override
  protected final void run(float[] x, int[] labels, int images, float @Nullable [] gradient) {
    run(x, labels, NO_TARGETS, images, gradient);
  }

  @Override
  protected final void runVectors(
      float[] x, float[] targets, int images, float @Nullable [] gradient) {
    run(x, NO_LABELS, targets, images, gradient);
  }

  @Override
  protected final void runMixed(
      float[] x, float[] shares, int[] labels, int images, float @Nullable [] gradient) {
    run(x, labels, shares, images, gradient);
  }

  /**
   * Runs over the batch with labels, with targets, or with shares of classes as targets and labels.
   */
  private void run(
      float[] x, int[] labels, float[] targets, int images, float @Nullable [] gradient) {
    for (int block = 0; block < Lanes.blocks(images); block++) {
      int offset = block * outputs * Lanes.WIDTH;
      begin(x, offset);
      if (gradient != null) {
        Arrays.fill(gradient, offset, offset + outputs * Lanes.WIDTH, 0);
      }
      int lanes = Math.min(Lanes.WIDTH, images - block * Lanes.WIDTH);
      for (int lane = 0; lane < lanes; lane++) {
        int image = block * Lanes.WIDTH + lane;
        double loss =
            counts(image) ? loss(x, offset + lane, lane, labels, targets, image, gradient) : 0;
        // Of an image that does not count too: whether it has a meaning shows.
        double right =
            labels.length == 0
                ? right(x, offset + lane, targets, image * outputs)
                : largest(x, offset + lane, outputs) == labels[image] ? 1 : 0;
        add(image, loss, right);
      }
    }
  }

  /**
   * Returns the loss of one example, and writes its gradient.
   *
   * @param at where its first output lies; the next ones follow a lane width apart
   */
  private double loss(
      float[] x,
      int at,
      int lane,
      int[] labels,
      float[] targets,
      int image,
      float @Nullable [] gradient) {
    float scale = scale(image);
    double loss = 0;
    for (int c = 0; c < outputs; c++) {
      float target = targets.length > 0 ? targets[image * outputs + c] : labels[image] == c ? 1 : 0;
      float value = x[at + c * Lanes.WIDTH];
      loss += loss(value, target, c, lane);
      if (gradient != null) {
        gradient[at + c * Lanes.WIDTH] = gradient(value, target, c, lane) * scale;
      }
    }
    return loss;
  }
}

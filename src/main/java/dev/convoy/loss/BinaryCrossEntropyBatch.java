package dev.convoy.loss;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.elementwise.ElementwiseKernels;
import dev.convoy.kernel.lane.Lanes;
import java.util.Arrays;

/**
 * {@link BinaryCrossEntropy} at work: {@code dx = (1 - t) · p(x) - w · t · p(-x)}, in which no
 * digits are lost where a probability is near 1.
 */
final class BinaryCrossEntropyBatch extends ElementwiseBatch {
  private final float[] weights;
  private final ElementwiseKernels kernels;

  /** {@code e^-|x|} of the lane block at work. */
  private final float[] exponentials;

  BinaryCrossEntropyBatch(BinaryCrossEntropy loss, int outputs, Kernels kernels) {
    super(outputs);
    weights = new float[outputs];
    Arrays.fill(weights, 1);
    if (loss.positiveWeights() != null) {
      System.arraycopy(loss.positiveWeights(), 0, weights, 0, outputs);
    }
    this.kernels = kernels.elementwise();
    exponentials = new float[outputs * Lanes.WIDTH];
  }

  @Override
  void begin(float[] outputs, int offset) {
    for (int i = 0; i < exponentials.length; i++) {
      exponentials[i] = -Math.abs(outputs[offset + i]);
    }
    kernels.exp(exponentials, 0, exponentials, 0, exponentials.length);
  }

  @Override
  double loss(float x, float target, int output, int lane) {
    double rest = StrictMath.log1p(exponentials[output * Lanes.WIDTH + lane]);
    double ofOne = Math.max(-x, 0) + rest;
    double ofZero = Math.max(x, 0) + rest;
    return weights[output] * target * ofOne + (1.0 - target) * ofZero;
  }

  @Override
  float gradient(float x, float target, int output, int lane) {
    float e = exponentials[output * Lanes.WIDTH + lane];
    float larger = 1 / (1 + e);
    float smaller = e / (1 + e);
    float probability = x < 0 ? smaller : larger;
    float counter = x < 0 ? larger : smaller;
    return (1 - target) * probability - weights[output] * target * counter;
  }

  @Override
  double right(float[] outputs, int at, float[] targets, int row) {
    int right = 0;
    for (int c = 0; c < outputs(); c++) {
      if (outputs[at + c * Lanes.WIDTH] > 0 == targets[row + c] > 0.5f) {
        right++;
      }
    }
    return (double) right / outputs();
  }
}

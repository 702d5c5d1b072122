package dev.convoy.nn.replica.pass.activation;

import dev.convoy.nn.layer.Clip;
import dev.convoy.nn.replica.step.PassContext;

/** {@code y = min(max(x, min), max)}; {@code dx = dy} where y lies between both, else 0. */
public final class ClipPass extends ChunkedPass {
  private final float least;
  private final float most;
  private final float[] inside = buffer();

  public ClipPass(PassContext context) {
    super(context, Slope.OF_OUTPUT);
    Clip layer = (Clip) context.node().layer();
    Float min = layer.min();
    Float max = layer.max();
    least = min == null ? Float.NEGATIVE_INFINITY : min;
    most = max == null ? Float.POSITIVE_INFINITY : max;
  }

  @Override
  void applyToChunk(float[] x, float[] y, int count) {
    for (int i = 0; i < count; i++) {
      y[i] = Math.min(Math.max(x[i], least), most);
    }
  }

  @Override
  void multiplyChunkBySlope(float[] y, float[] gradient, int count) {
    // Differences of unequal floats are never 0, and a product of both might be.
    for (int i = 0; i < count; i++) {
      inside[i] = y[i] - least;
    }
    kernels.reluBackward(inside, 0, gradient, 0, count);
    for (int i = 0; i < count; i++) {
      inside[i] = most - y[i];
    }
    kernels.reluBackward(inside, 0, gradient, 0, count);
  }
}

package dev.convoy.nn.replica.pass.activation;

import dev.convoy.nn.layer.Elu;
import dev.convoy.nn.layer.Selu;
import dev.convoy.nn.replica.step.PassContext;

/**
 * {@code y = above · x} where x is above 0, else {@code below · (exp(x) - 1)}; {@code dx = above ·
 * dy} where y is above 0, else {@code (y + below) · dy}: of {@link Elu}, and scaled of {@link
 * Selu}.
 */
public final class EluPass extends ChunkedPass {
  private final float above;
  private final float below;
  private final float[] bend = buffer();

  public EluPass(PassContext context) {
    this(context, 1, ((Elu) context.node().layer()).alpha());
  }

  private EluPass(PassContext context, float above, float below) {
    super(context, Slope.OF_OUTPUT);
    this.above = above;
    this.below = below;
  }

  /** Makes the pass of {@link Selu}. */
  public static EluPass scaled(PassContext context) {
    return new EluPass(context, (float) Selu.SCALE, (float) (Selu.SCALE * Selu.ALPHA));
  }

  @Override
  void applyToChunk(float[] x, float[] y, int count) {
    for (int i = 0; i < count; i++) {
      bend[i] = Math.min(x[i], 0);
    }
    kernels.expm1(bend, 0, bend, 0, count);
    for (int i = 0; i < count; i++) {
      y[i] = Math.fma(below, bend[i], above * Math.max(x[i], 0));
    }
  }

  @Override
  void multiplyChunkBySlope(float[] y, float[] gradient, int count) {
    for (int i = 0; i < count; i++) {
      bend[i] = (y[i] + below) * gradient[i];
      gradient[i] = above * gradient[i];
    }
    kernels.replaceUnlessPositive(y, 0, bend, 0, gradient, 0, count);
  }
}

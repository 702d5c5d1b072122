package dev.convoy.nn.replica.pass.activation;

import dev.convoy.kernel.elementwise.ElementwiseKernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import org.jspecify.annotations.Nullable;

/**
 * A layer that treats each value by itself: {@code y = f(x)}, {@code dx = dy · f'(x)}. Where the
 * output alone tells the slope, nobody keeps the input, and the output takes its place.
 */
abstract class ElementwisePass extends LayerPass {
  final ElementwiseKernels kernels;
  private final int blockSize;
  private final Slope slope;

  /** What the slope is worked out from. */
  enum Slope {
    OF_INPUT,
    OF_OUTPUT
  }

  ElementwisePass(PassContext context, Slope slope) {
    this.blockSize = context.node().output().size() * Lanes.WIDTH;
    this.kernels = context.kernels().elementwise();
    this.slope = slope;
  }

  /** Computes {@code y = f(x)} of the first {@code count} values; y may be x. */
  abstract void apply(float[] x, float[] y, int count);

  /**
   * Multiplies the first {@code count} values of a gradient by the slopes. A gradient of 0 stays 0
   * where the input is finite.
   *
   * @param values inputs or outputs, as {@link Slope} says
   */
  abstract void multiplyBySlope(float[] values, float[] gradient, int count);

  @Override
  public final boolean inPlace() {
    return slope == Slope.OF_OUTPUT;
  }

  @Override
  public final boolean mayOverwrite(int input) {
    return true;
  }

  @Override
  public final boolean gradientInPlace() {
    return true;
  }

  @Override
  public final boolean readsOutput() {
    return slope == Slope.OF_OUTPUT;
  }

  @Override
  public final void forward(StepContext step, float[] x, float[] y) {
    apply(x, y, step.blocks() * blockSize);
  }

  @Override
  public final void backward(
      StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    if (dx != null) {
      multiplyBySlope(slope == Slope.OF_OUTPUT ? y : x, dx, step.blocks() * blockSize);
    }
  }
}

package dev.convoy.nn.replica.convolution;

import dev.convoy.kernel.Kernels;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Window;
import dev.convoy.nn.replica.step.StepContext;
import dev.convoy.tensor.Check;
import org.jspecify.annotations.Nullable;

/** Convolution by {@link Convolution taps}: any window, stride, dilation and groups. */
public final class DirectConvolution implements ConvolutionAlgorithm {
  private final Convolution convolution;
  private final @Nullable Conv2dInputGradient inputGradient;
  private final @Nullable PlaneWeightGradient planeGradient;
  private final int weight;

  /**
   * A convolution.
   *
   * @param weight where the filters start in the parameters
   * @param blocks lane blocks at most in a batch
   * @param trains and keepsFilters as {@link Convolution} has them
   */
  public DirectConvolution(
      Kernels kernels,
      Window window,
      int channels,
      Conv2d layer,
      int weight,
      int blocks,
      boolean wantsInputGradient,
      boolean trains,
      boolean keepsFilters) {
    this.weight = weight;
    convolution =
        new Convolution(
            kernels,
            window,
            channels,
            layer.filters(),
            layer.groups(),
            blocks,
            trains,
            keepsFilters);
    planeGradient =
        trains && PlaneWeightGradient.suits(window, channels, layer.filters(), layer.groups())
            ? new PlaneWeightGradient(kernels, window, channels, layer.filters())
            : null;
    inputGradient =
        wantsInputGradient
            ? new Conv2dInputGradient(kernels, window, channels, layer.filters(), layer.groups())
            : null;
  }

  @Override
  public long heldFloats() {
    return convolution.heldFloats() + (inputGradient == null ? 0 : inputGradient.heldFloats());
  }

  @Override
  public void forward(StepContext step, int bias, float[] x, float[] y) {
    if (bias >= 0) {
      convolution.startFrom(step.parameters(), bias);
    }
    if (!step.sameParameters()) {
      convolution.pack(step.parameters(), weight);
    }
    convolution.forward(step.blocks(), x, y);
  }

  @Override
  public void backward(StepContext step, float[] x, float[] dy, float @Nullable [] dx) {
    weightGradient(step, x, dy);
    if (dx != null) {
      Check.present(inputGradient, "The gradient of the input")
          .run(step.blocks(), step.parameters(), weight, dy, dx);
    }
  }

  private void weightGradient(StepContext step, float[] x, float[] dy) {
    if (planeGradient != null) {
      float[] source = convolution.lastSource(x);
      int start = convolution.sourceStart();
      planeGradient.run(step.images(), source, start, dy, step.gradients(), weight);
      return;
    }
    convolution.weightGradient(step.blocks(), x, dy, step.gradients(), weight);
  }
}

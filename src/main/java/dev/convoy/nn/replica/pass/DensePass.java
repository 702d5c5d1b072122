package dev.convoy.nn.replica.pass;

import dev.convoy.kernel.dense.DenseGeometry;
import dev.convoy.kernel.dense.DenseKernels;
import dev.convoy.nn.Node;
import dev.convoy.nn.replica.convolution.ChannelBias;
import dev.convoy.nn.replica.step.LayerPass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.StepContext;
import org.jspecify.annotations.Nullable;

/**
 * A product of matrices, forward and backward: {@code Y = W X + b}; {@code dW = dY Xᵀ}, {@code dX =
 * Wᵀ dY}, {@code db} the sum of dY.
 */
public final class DensePass extends LayerPass {
  private final int units;
  private final int weight;
  private final @Nullable ChannelBias bias;
  private final DenseKernels kernels;
  private final float[] noBias;

  /** The product for each number of lane blocks. */
  private final DenseGeometry[] products;

  public DensePass(PassContext context) {
    Node node = context.node();
    int blocks = context.blocks();
    kernels = context.kernels().dense();
    units = node.output().size();
    weight = node.parameters().get(0).offset();
    bias = ChannelBias.of(node, context.kernels());
    noBias = new float[bias == null ? units : 0];
    products = new DenseGeometry[blocks + 1];
    for (int b = 1; b <= blocks; b++) {
      products[b] = new DenseGeometry(b, node.input().size(), units);
    }
  }

  @Override
  public void forward(StepContext step, float[] x, float[] y) {
    float[] parameters = step.parameters();
    float[] start = bias == null ? noBias : parameters;
    int from = bias == null ? 0 : bias.offset();
    DenseGeometry product = products[step.blocks()];
    kernels.product(product, parameters, weight, start, from, x, 0, y, 0);
  }

  @Override
  public void backward(StepContext step, float[] x, float[] y, float[] dy, float @Nullable [] dx) {
    DenseGeometry product = products[step.blocks()];
    if (bias != null) {
      bias.gradient(step, dy);
    }
    kernels.weightGradient(product, x, 0, dy, 0, step.gradients(), weight);
    if (dx != null) {
      kernels.inputGradient(product, step.parameters(), weight, dy, 0, dx, 0);
    }
  }
}

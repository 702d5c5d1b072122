package dev.convoy.nn.replica;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.Lanes;
import dev.convoy.kernel.MatrixGeometry;
import dev.convoy.kernel.TapGeometry;
import dev.convoy.nn.Node;
import dev.convoy.nn.Parameter;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A product of matrices, forward and backward: {@code Y = W X + b}; {@code dW = dY Xᵀ}, {@code dX =
 * Wᵀ dY}, {@code db} the sum of dY.
 *
 * <p>Y and dX are products of taps: the features, or the units. For dW X is turned, so that sixteen
 * features lie side by side: each weight's gradient is summed over the images in order.
 */
final class DensePass extends LayerPass {
  private final int features;
  private final int units;
  private final int weight;
  private final int bias;
  private final boolean hasBias;
  private final Kernels kernels;

  /** Features rounded up to whole vectors: the row length of X turned and of a padded dW. */
  private final int rowLength;

  private final TapGeometry[] forward;
  private final TapGeometry[] backward;
  private final MatrixGeometry[] weightGradient;
  private final float[] packedWeights;
  private final float[] packedTransposed;
  private final float[] packedGradient;
  private final float[] start;
  private final float[] zeros;
  private final float[] turned;
  private final float[] paddedGradient;

  DensePass(Node node, int blocks, Kernels kernels, boolean inputGradient) {
    this.kernels = kernels;
    features = node.input().size();
    units = node.output().size();
    Parameter weights = node.parameters().get(0);
    weight = weights.offset();
    hasBias = node.parameters().size() > 1;
    bias = hasBias ? node.parameters().get(1).offset() : 0;
    rowLength = Lanes.blocks(features) * Lanes.WIDTH;

    forward = new TapGeometry[blocks + 1];
    backward = new TapGeometry[blocks + 1];
    weightGradient = new MatrixGeometry[blocks + 1];
    for (int b = 1; b <= blocks; b++) {
      forward[b] = product(features, b, units);
      backward[b] = product(units, b, features);
      int depth = b * Lanes.WIDTH;
      weightGradient[b] =
          new MatrixGeometry(
              Kernels.packedFilters(units),
              depth,
              rowLength,
              depth * Kernels.PACK,
              Kernels.PACK,
              rowLength,
              rowLength);
    }
    int images = blocks * Lanes.WIDTH;
    packedWeights = new float[Kernels.packedSize(units, features)];
    packedTransposed = new float[inputGradient ? Kernels.packedSize(features, units) : 0];
    packedGradient = new float[Kernels.packedSize(units, images)];
    start = new float[Kernels.packedFilters(units)];
    zeros = new float[Kernels.packedFilters(features)];
    turned = new float[images * rowLength];
    boolean fits = rowLength == features && units % Kernels.PACK == 0;
    paddedGradient = new float[fits ? 0 : Kernels.packedFilters(units) * rowLength];
  }

  /** Outputs {@code [blocks][filters][16]} from sources {@code [blocks][taps][16]}. */
  private static TapGeometry product(int taps, int blocks, int filters) {
    return new TapGeometry(
        offsets(taps, Lanes.WIDTH),
        1,
        blocks,
        0,
        taps * Lanes.WIDTH,
        0,
        filters * Lanes.WIDTH,
        Lanes.WIDTH);
  }

  private static int[] offsets(int count, int stride) {
    return IntStream.range(0, count).map(i -> i * stride).toArray();
  }

  @Override
  void forward(Step step, float[] x, float[] y) {
    Packing.rows(step.parameters(), weight, units, features, features, packedWeights, 0);
    if (hasBias) {
      System.arraycopy(step.parameters(), bias, start, 0, units);
    }
    kernels.product(forward[step.blocks()], packedWeights, 0, start, 0, units, x, 0, y, 0);
  }

  @Override
  void backward(Step step, float[] x, float[] y, float[] dy, float[] dx) {
    if (hasBias) {
      for (int o = 0; o < units; o++) {
        int at = o * Lanes.WIDTH;
        step.gradients()[bias + o] =
            kernels.laneSums(dy, at, Lanes.WIDTH, step.blocks(), units * Lanes.WIDTH);
      }
    }
    weightGradient(step.blocks(), x, dy, step.gradients());
    if (dx != null) {
      Packing.columns(step.parameters(), weight, units, features, packedTransposed, 0);
      kernels.product(
          backward[step.blocks()], packedTransposed, 0, zeros, 0, features, dy, 0, dx, 0);
    }
  }

  private void weightGradient(int blocks, float[] x, float[] dy, float[] gradients) {
    Packing.turn(kernels, x, blocks, features, turned, rowLength);
    Packing.lanes(dy, blocks, units, packedGradient);
    MatrixGeometry product = weightGradient[blocks];
    if (paddedGradient.length == 0) {
      Arrays.fill(gradients, weight, weight + units * features, 0);
      kernels.addProduct(product, packedGradient, 0, turned, 0, gradients, weight);
      return;
    }
    Arrays.fill(paddedGradient, 0);
    kernels.addProduct(product, packedGradient, 0, turned, 0, paddedGradient, 0);
    for (int o = 0; o < units; o++) {
      System.arraycopy(paddedGradient, o * rowLength, gradients, weight + o * features, features);
    }
  }
}

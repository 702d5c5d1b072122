package dev.convoy.kernel.dense;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.VectorWidth;
import org.jspecify.annotations.Nullable;

/**
 * Products of a matrix with a batch on vectors. The matrix is read in place, a few rows at a time,
 * along which the processor reads ahead; the batch comes from the second nearest cache.
 */
public final class VectorDense implements DenseBackend {
  private static final int LENGTH = VectorWidth.SPECIES.length();

  /** Vectors in a lane block: 1 for AVX-512, 2 for AVX2, 4 for NEON. */
  private static final int PARTS = Lanes.WIDTH / LENGTH;

  /** Lane blocks that a tile spans. */
  private static final int BLOCKS = Math.max(1, VectorDenseProduct.WIDTH / PARTS);

  /** Products that are summed at a time: 4 lane blocks of their factors are 512 KB. */
  private static final int STRETCH = 2048;

  private final VectorDenseProduct product = new VectorDenseProduct();
  private final VectorDenseWeightGradient weightGradient = new VectorDenseWeightGradient(product);

  @Override
  public void product(
      DenseGeometry geometry,
      float[] weights,
      int weightsOffset,
      float[] start,
      int startOffset,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset) {
    product.weights(weights, geometry.inputs(), 1);
    run(
        geometry.blocks(),
        geometry.inputs(),
        geometry.outputs(),
        weightsOffset,
        geometry.inputs(),
        1,
        start,
        startOffset,
        x,
        xOffset,
        y,
        yOffset);
  }

  @Override
  public void inputGradient(
      DenseGeometry geometry,
      float[] weights,
      int weightsOffset,
      float[] dy,
      int dyOffset,
      float[] dx,
      int dxOffset) {
    product.weights(weights, 1, geometry.inputs());
    run(
        geometry.blocks(),
        geometry.outputs(),
        geometry.inputs(),
        weightsOffset,
        1,
        geometry.inputs(),
        null,
        0,
        dy,
        dyOffset,
        dx,
        dxOffset);
  }

  private void run(
      int blocks,
      int depth,
      int rows,
      int weightsOffset,
      int weightRow,
      int weightStep,
      float @Nullable [] start,
      int startOffset,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset) {
    int sourceBlock = depth * Lanes.WIDTH;
    int targetBlock = rows * Lanes.WIDTH;
    product.source(source, PARTS == 1 ? sourceBlock : LENGTH);
    product.target(target, Lanes.WIDTH, PARTS == 1 ? targetBlock : LENGTH);
    product.startFromZero();
    for (int k = 0; k < depth; k += STRETCH) {
      int stretch = Math.min(STRETCH, depth - k);
      for (int block = 0; block < blocks; block += BLOCKS) {
        int columns = Math.min(BLOCKS, blocks - block) * PARTS;
        int x = sourceOffset + block * sourceBlock + k * Lanes.WIDTH;
        int y = targetOffset + block * targetBlock;
        for (int row = 0; row < rows; row += VectorDenseProduct.HEIGHT) {
          int height = Math.min(VectorDenseProduct.HEIGHT, rows - row);
          int w = weightsOffset + row * weightRow + k * weightStep;
          if (start != null && k == 0) {
            product.startFrom(start, startOffset + row, height);
          }
          product.run(height, columns, stretch, w, x, y + row * Lanes.WIDTH, k > 0);
        }
      }
    }
  }

  @Override
  public void weightGradient(
      DenseGeometry geometry,
      float[] x,
      int xOffset,
      float[] dy,
      int dyOffset,
      float[] gradient,
      int gradientOffset) {
    weightGradient.run(geometry, x, xOffset, dy, dyOffset, gradient, gradientOffset);
  }
}

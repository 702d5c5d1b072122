package dev.convoy.kernel.dense;

import dev.convoy.tensor.Check;

/**
 * Products of a matrix with a batch and their gradients. The matrix is read where it lies, row by
 * row; each sum goes on from one value to the next by fused multiply-add, in ascending order.
 */
public final class DenseKernels {
  private final DenseBackend backend;

  /** Checks what goes to this implementation. */
  public DenseKernels(DenseBackend backend) {
    this.backend = backend;
  }

  /**
   * Computes {@code y[b, o] = start[o] + Σ_i weights[o, i] · x[b, i]}, all lanes at once.
   *
   * @param weights {@code [outputs][inputs]}
   * @param start one value an output
   * @param x {@code [blocks][inputs][16]}
   * @param y {@code [blocks][outputs][16]}, overwritten
   */
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
    Check.range(weightsOffset, geometry.weightSize(), weights.length, "dense weights");
    Check.range(startOffset, geometry.outputs(), start.length, "dense start");
    Check.range(xOffset, geometry.inputSize(), x.length, "dense input");
    Check.range(yOffset, geometry.outputSize(), y.length, "dense output");
    backend.product(geometry, weights, weightsOffset, start, startOffset, x, xOffset, y, yOffset);
  }

  /**
   * Computes {@code dx[b, i] = Σ_o weights[o, i] · dy[b, o]}, all lanes at once.
   *
   * @param weights {@code [outputs][inputs]}
   * @param dy {@code [blocks][outputs][16]}
   * @param dx {@code [blocks][inputs][16]}, overwritten
   */
  public void inputGradient(
      DenseGeometry geometry,
      float[] weights,
      int weightsOffset,
      float[] dy,
      int dyOffset,
      float[] dx,
      int dxOffset) {
    Check.range(weightsOffset, geometry.weightSize(), weights.length, "dense weights");
    Check.range(dyOffset, geometry.outputSize(), dy.length, "dense output gradient");
    Check.range(dxOffset, geometry.inputSize(), dx.length, "dense input gradient");
    backend.inputGradient(geometry, weights, weightsOffset, dy, dyOffset, dx, dxOffset);
  }

  /**
   * Computes {@code gradient[o, i] = Σ dy[b, o, lane] · x[b, i, lane]} over blocks b and lanes:
   * image after image.
   *
   * @param x {@code [blocks][inputs][16]}
   * @param dy {@code [blocks][outputs][16]}
   * @param gradient {@code [outputs][inputs]}, overwritten
   */
  public void weightGradient(
      DenseGeometry geometry,
      float[] x,
      int xOffset,
      float[] dy,
      int dyOffset,
      float[] gradient,
      int gradientOffset) {
    Check.range(xOffset, geometry.inputSize(), x.length, "dense input");
    Check.range(dyOffset, geometry.outputSize(), dy.length, "dense output gradient");
    Check.range(gradientOffset, geometry.weightSize(), gradient.length, "dense weight gradient");
    backend.weightGradient(geometry, x, xOffset, dy, dyOffset, gradient, gradientOffset);
  }
}

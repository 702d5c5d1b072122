package dev.convoy.kernel.pool;

import dev.convoy.kernel.lane.Lanes;

/** Pooling on vectors. */
public final class VectorPools implements PoolBackend {
  /** Scratch of the means of large windows. */
  private final double[] totals = new double[Lanes.WIDTH];

  @Override
  public void maxPool(
      PoolGeometry geometry,
      int planes,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset,
      float[] winners,
      int winnersOffset) {
    VectorMaxPool.forward(
        geometry, planes, source, sourceOffset, target, targetOffset, winners, winnersOffset);
  }

  @Override
  public void maxPoolBackward(
      PoolGeometry geometry,
      int planes,
      float[] gradient,
      int gradientOffset,
      float[] winners,
      int winnersOffset,
      float[] sourceGradient,
      int sourceOffset) {
    VectorMaxPool.backward(
        geometry,
        planes,
        gradient,
        gradientOffset,
        winners,
        winnersOffset,
        sourceGradient,
        sourceOffset);
  }

  @Override
  public void avgPool(
      PoolGeometry geometry,
      int planes,
      float[] scale,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset) {
    VectorAvgPool.forward(
        geometry, planes, scale, source, sourceOffset, target, targetOffset, totals);
  }

  @Override
  public void avgPoolBackward(
      PoolGeometry geometry,
      int planes,
      float[] scale,
      float[] gradient,
      int gradientOffset,
      float[] sourceGradient,
      int sourceOffset) {
    VectorAvgPool.backward(
        geometry, planes, scale, gradient, gradientOffset, sourceGradient, sourceOffset);
  }

  @Override
  public void bilinear(
      BilinearAxis rows,
      BilinearAxis columns,
      int planes,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset) {
    VectorBilinear.forward(rows, columns, planes, source, sourceOffset, target, targetOffset);
  }

  @Override
  public void bilinearBackward(
      BilinearAxis rows,
      BilinearAxis columns,
      int planes,
      float[] gradient,
      int gradientOffset,
      float[] sourceGradient,
      int sourceOffset) {
    VectorBilinear.backward(
        rows, columns, planes, gradient, gradientOffset, sourceGradient, sourceOffset);
  }
}

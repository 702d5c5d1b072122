package dev.convoy.kernel.pool;

/**
 * The arithmetic of {@link PoolKernels} on raw arrays, which that has checked. Every implementation
 * gives the same bits.
 */
public interface PoolBackend {
  /** See {@link PoolKernels#maxPool}. */
  void maxPool(
      PoolGeometry geometry,
      int planes,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset,
      float[] winners,
      int winnersOffset);

  /** See {@link PoolKernels#maxPoolBackward}. */
  void maxPoolBackward(
      PoolGeometry geometry,
      int planes,
      float[] gradient,
      int gradientOffset,
      float[] winners,
      int winnersOffset,
      float[] sourceGradient,
      int sourceOffset);

  /** See {@link PoolKernels#avgPool}. */
  void avgPool(
      PoolGeometry geometry,
      int planes,
      float[] scale,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset);

  /** See {@link PoolKernels#avgPoolBackward}. */
  void avgPoolBackward(
      PoolGeometry geometry,
      int planes,
      float[] scale,
      float[] gradient,
      int gradientOffset,
      float[] sourceGradient,
      int sourceOffset);

  /** See {@link PoolKernels#bilinear}. */
  void bilinear(
      BilinearAxis rows,
      BilinearAxis columns,
      int planes,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset);

  /** See {@link PoolKernels#bilinearBackward}. */
  void bilinearBackward(
      BilinearAxis rows,
      BilinearAxis columns,
      int planes,
      float[] gradient,
      int gradientOffset,
      float[] sourceGradient,
      int sourceOffset);
}

package dev.convoy.kernel.tap;

/**
 * The arithmetic of {@link TapKernels} on raw arrays, which that has checked. Every implementation
 * gives the same bits: each output is accumulated in the order stated there, by fused multiply-add.
 */
public interface TapBackend {
  /** See {@link TapKernels#product}. */
  void product(
      TapGeometry geometry,
      float[] weights,
      int weightsOffset,
      float[] start,
      int startOffset,
      int filters,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset);

  /** See {@link TapKernels#productGradient}. */
  void productGradient(
      TapGeometry geometry,
      int blocks,
      int sourceBlock,
      int targetBlock,
      int filters,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset,
      float[] gradient,
      int gradientOffset);

  /** See {@link TapKernels#addPlaneProduct}. */
  void addPlaneProduct(
      TapGeometry geometry,
      int filters,
      float[] left,
      int leftOffset,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset);

  /** See {@link TapKernels#addPlanes}. */
  void addPlanes(float[] values, int offset, int size, int planes, float[] sums, int sumsOffset);
}

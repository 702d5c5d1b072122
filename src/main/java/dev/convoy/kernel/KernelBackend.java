package dev.convoy.kernel;

/**
 * The arithmetic on raw arrays, behind {@link Kernels}, which has checked the arguments. Every
 * implementation gives the same bits: each output is accumulated in the order stated here, by fused
 * multiply-add.
 */
public interface KernelBackend {
  /** As in {@code vector (16 lanes of 512 bits)}. */
  String description();

  /** See {@link Kernels#product}. */
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

  /** See {@link Kernels#productGradient}. */
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

  /** See {@link Kernels#addProduct}. */
  void addProduct(
      MatrixGeometry geometry,
      float[] left,
      int leftOffset,
      float[] right,
      int rightOffset,
      float[] target,
      int targetOffset);

  /** See {@link Kernels#panelProduct}; a last panel has two blocks at least. */
  void panelProduct(
      float[] weights,
      int weightsOffset,
      int filters,
      int taps,
      float[] source,
      int sourceOffset,
      int blocks,
      float[] target,
      int targetOffset);

  /** See {@link Kernels#addPanelGradient}. */
  void addPanelGradient(
      int filters,
      int groups,
      int depth,
      float[] left,
      int leftOffset,
      float[] right,
      int rightOffset,
      float[] target,
      int targetOffset);

  /** See {@link Kernels#addPlaneProduct}. */
  void addPlaneProduct(
      TapGeometry geometry,
      int filters,
      float[] left,
      int leftOffset,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset);

  /** See {@link Kernels#swapLanes}. */
  void swapLanes(
      float[] source,
      int sourceOffset,
      int sourceStride,
      int count,
      float[] target,
      int targetOffset,
      int targetStride);

  /** See {@link Kernels#winograd}. */
  WinogradBackend winograd();

  /** See {@link Kernels#dense}. */
  DenseBackend dense();

  /** See {@link Kernels#normalization}. */
  NormalizationBackend normalization();

  /** See {@link Kernels#dropoutFactors}. */
  void dropoutFactors(long key, int threshold, float scale, float[] factors, int offset, int count);

  /** See {@link Kernels#addPlanes}. */
  void addPlanes(float[] values, int offset, int size, int planes, float[] sums, int sumsOffset);

  /** See {@link Kernels#maxPool}. */
  void maxPool(
      PoolGeometry geometry,
      int planes,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset,
      float[] winners,
      int winnersOffset);

  /** See {@link Kernels#maxPoolBackward}. */
  void maxPoolBackward(
      PoolGeometry geometry,
      int planes,
      float[] gradient,
      int gradientOffset,
      float[] winners,
      int winnersOffset,
      float[] sourceGradient,
      int sourceOffset);

  /** See {@link Kernels#exp}. */
  void exp(float[] source, int sourceOffset, float[] target, int targetOffset, int count);

  /** See {@link Kernels#tanh}. */
  void tanh(float[] source, int sourceOffset, float[] target, int targetOffset, int count);

  /** See {@link Kernels#sigmoid}. */
  void sigmoid(float[] source, int sourceOffset, float[] target, int targetOffset, int count);

  /** See {@link Kernels#relu}. */
  void relu(float[] source, int sourceOffset, float[] target, int targetOffset, int count);

  /** See {@link Kernels#reluBackward}. */
  void reluBackward(
      float[] output, int outputOffset, float[] gradient, int gradientOffset, int count);

  /** See {@link Kernels#expm1}. */
  void expm1(float[] source, int sourceOffset, float[] target, int targetOffset, int count);

  /** See {@link Kernels#log1p}. */
  void log1p(float[] source, int sourceOffset, float[] target, int targetOffset, int count);

  /** See {@link Kernels#erf}. */
  void erf(float[] source, int sourceOffset, float[] target, int targetOffset, int count);

  /** See {@link Kernels#replaceUnlessPositive}. */
  void replaceUnlessPositive(
      float[] test,
      int testOffset,
      float[] other,
      int otherOffset,
      float[] target,
      int targetOffset,
      int count);

  /** See {@link Kernels#avgPool}. */
  void avgPool(
      PoolGeometry geometry,
      int planes,
      float[] scale,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset);

  /** See {@link Kernels#avgPoolBackward}. */
  void avgPoolBackward(
      PoolGeometry geometry,
      int planes,
      float[] scale,
      float[] gradient,
      int gradientOffset,
      float[] sourceGradient,
      int sourceOffset);
}

package dev.convoy.kernel.elementwise;

/**
 * The arithmetic of {@link ElementwiseKernels} on raw arrays, which that has checked. Every
 * implementation gives the same bits.
 */
public interface ElementwiseBackend {
  /** See {@link ElementwiseKernels#relu}. */
  void relu(float[] source, int sourceOffset, float[] target, int targetOffset, int count);

  /** See {@link ElementwiseKernels#reluBackward}. */
  void reluBackward(
      float[] output, int outputOffset, float[] gradient, int gradientOffset, int count);

  /** See {@link ElementwiseKernels#replaceUnlessPositive}. */
  void replaceUnlessPositive(
      float[] test,
      int testOffset,
      float[] other,
      int otherOffset,
      float[] target,
      int targetOffset,
      int count);

  /** See {@link ElementwiseKernels#exp}. */
  void exp(float[] source, int sourceOffset, float[] target, int targetOffset, int count);

  /** See {@link ElementwiseKernels#expm1}. */
  void expm1(float[] source, int sourceOffset, float[] target, int targetOffset, int count);

  /** See {@link ElementwiseKernels#log1p}. */
  void log1p(float[] source, int sourceOffset, float[] target, int targetOffset, int count);

  /** See {@link ElementwiseKernels#tanh}. */
  void tanh(float[] source, int sourceOffset, float[] target, int targetOffset, int count);

  /** See {@link ElementwiseKernels#sigmoid}. */
  void sigmoid(float[] source, int sourceOffset, float[] target, int targetOffset, int count);

  /** See {@link ElementwiseKernels#erf}. */
  void erf(float[] source, int sourceOffset, float[] target, int targetOffset, int count);

  /** See {@link ElementwiseKernels#dropoutFactors}. */
  void dropoutFactors(long key, int threshold, float scale, float[] factors, int offset, int count);
}

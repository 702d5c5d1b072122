package dev.convoy.kernel.dense;

/**
 * Products of a matrix with a batch on raw arrays, behind {@link DenseKernels}, which has checked
 * the arguments. Every implementation gives the same bits.
 */
public interface DenseBackend {
  /** See {@link DenseKernels#product}. */
  void product(
      DenseGeometry geometry,
      float[] weights,
      int weightsOffset,
      float[] start,
      int startOffset,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset);

  /** See {@link DenseKernels#inputGradient}. */
  void inputGradient(
      DenseGeometry geometry,
      float[] weights,
      int weightsOffset,
      float[] dy,
      int dyOffset,
      float[] dx,
      int dxOffset);

  /** See {@link DenseKernels#weightGradient}. */
  void weightGradient(
      DenseGeometry geometry,
      float[] x,
      int xOffset,
      float[] dy,
      int dyOffset,
      float[] gradient,
      int gradientOffset);
}

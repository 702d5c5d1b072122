package dev.convoy.kernel.panel;

/**
 * The arithmetic of {@link PanelKernels} on raw arrays, which that has checked. Every
 * implementation gives the same bits: each output is accumulated in the order stated there, by
 * fused multiply-add.
 */
public interface PanelBackend {
  /** See {@link PanelKernels#product}; a last panel has two blocks at least. */
  void product(
      float[] weights,
      int weightsOffset,
      int filters,
      int taps,
      float[] source,
      int sourceOffset,
      int blocks,
      float[] target,
      int targetOffset);

  /** See {@link PanelKernels#addGradient}. */
  void addGradient(
      int filters,
      int groups,
      int depth,
      float[] left,
      int leftOffset,
      float[] right,
      int rightOffset,
      float[] target,
      int targetOffset);
}

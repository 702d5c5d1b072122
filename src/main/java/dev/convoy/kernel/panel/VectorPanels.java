package dev.convoy.kernel.panel;

/** Products of panels on vectors. */
public final class VectorPanels implements PanelBackend {
  @Override
  public void product(
      float[] weights,
      int weightsOffset,
      int filters,
      int taps,
      float[] source,
      int sourceOffset,
      int blocks,
      float[] target,
      int targetOffset) {
    VectorPanelProduct.product(
        weights, weightsOffset, filters, taps, source, sourceOffset, blocks, target, targetOffset);
  }

  @Override
  public void addGradient(
      int filters,
      int groups,
      int depth,
      float[] left,
      int leftOffset,
      float[] right,
      int rightOffset,
      float[] target,
      int targetOffset) {
    VectorPanelGradient.add(
        filters, groups, depth, left, leftOffset, right, rightOffset, target, targetOffset);
  }
}

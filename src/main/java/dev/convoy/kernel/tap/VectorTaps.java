package dev.convoy.kernel.tap;

/** Sums over taps on vectors. */
public final class VectorTaps implements TapBackend {
  private final VectorTapProductGradient productGradient = new VectorTapProductGradient();
  private final VectorPlaneProduct planeProduct = new VectorPlaneProduct();

  @Override
  public void product(
      TapGeometry geometry,
      float[] weights,
      int weightsOffset,
      float[] start,
      int startOffset,
      int filters,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset) {
    VectorTapProduct.product(
        geometry,
        weights,
        weightsOffset,
        start,
        startOffset,
        filters,
        source,
        sourceOffset,
        target,
        targetOffset);
  }

  @Override
  public void productGradient(
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
      int gradientOffset) {
    productGradient.gradient(
        geometry,
        blocks,
        sourceBlock,
        targetBlock,
        filters,
        source,
        sourceOffset,
        target,
        targetOffset,
        gradient,
        gradientOffset);
  }

  @Override
  public void addPlaneProduct(
      TapGeometry geometry,
      int filters,
      float[] left,
      int leftOffset,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset) {
    planeProduct.add(
        geometry, filters, left, leftOffset, source, sourceOffset, target, targetOffset);
  }

  @Override
  public void addPlanes(
      float[] values, int offset, int size, int planes, float[] sums, int sumsOffset) {
    VectorPlaneSums.add(values, offset, size, planes, sums, sumsOffset);
  }
}

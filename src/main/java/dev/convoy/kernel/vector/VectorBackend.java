package dev.convoy.kernel.vector;

import dev.convoy.kernel.DenseBackend;
import dev.convoy.kernel.KernelBackend;
import dev.convoy.kernel.MatrixGeometry;
import dev.convoy.kernel.NormalizationBackend;
import dev.convoy.kernel.PoolGeometry;
import dev.convoy.kernel.TapGeometry;
import dev.convoy.kernel.WinogradBackend;
import jdk.incubator.vector.VectorSpecies;

/**
 * Kernels on vectors of the CPU's preferred width, by the JDK's incubating Vector API (JEP 338 and
 * its successors).
 */
public final class VectorBackend implements KernelBackend {
  private static final VectorSpecies<Float> SPECIES = Species.CHOSEN;

  private final TapProductGradient productGradient = new TapProductGradient();
  private final WinogradBackend winograd = new VectorWinograd();
  private final DenseBackend dense = new VectorDense();
  private final NormalizationBackend normalization = new VectorNormalization();
  private final MatrixProduct matrixProduct = new MatrixProduct();
  private final PlaneProduct planeProduct = new PlaneProduct();
  private final LaneSwap laneSwap = new LaneSwap();
  private final ErrorFunction errorFunction = new ErrorFunction();

  /** For the choice at start, by reflection. */
  public VectorBackend() {
    if (SPECIES.length() < 4) {
      throw new IllegalStateException(
          "Vector kernels need vectors of 128 bits or more, but this JVM prefers "
              + SPECIES.vectorBitSize());
    }
  }

  @Override
  public String description() {
    return "vector (" + SPECIES.length() + " lanes of " + SPECIES.vectorBitSize() + " bits)";
  }

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
    TapProduct.product(
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
  public void addProduct(
      MatrixGeometry geometry,
      float[] left,
      int leftOffset,
      float[] right,
      int rightOffset,
      float[] target,
      int targetOffset) {
    matrixProduct.add(geometry, left, leftOffset, right, rightOffset, target, targetOffset);
  }

  @Override
  public void panelProduct(
      float[] weights,
      int weightsOffset,
      int filters,
      int taps,
      float[] source,
      int sourceOffset,
      int blocks,
      float[] target,
      int targetOffset) {
    PanelProduct.product(
        weights, weightsOffset, filters, taps, source, sourceOffset, blocks, target, targetOffset);
  }

  @Override
  public void addPanelGradient(
      int filters,
      int groups,
      int depth,
      float[] left,
      int leftOffset,
      float[] right,
      int rightOffset,
      float[] target,
      int targetOffset) {
    PanelGradient.add(
        filters, groups, depth, left, leftOffset, right, rightOffset, target, targetOffset);
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
  public void swapLanes(
      float[] source,
      int sourceOffset,
      int sourceStride,
      int count,
      float[] target,
      int targetOffset,
      int targetStride) {
    laneSwap.swap(source, sourceOffset, sourceStride, count, target, targetOffset, targetStride);
  }

  @Override
  public WinogradBackend winograd() {
    return winograd;
  }

  @Override
  public DenseBackend dense() {
    return dense;
  }

  @Override
  public NormalizationBackend normalization() {
    return normalization;
  }

  @Override
  public void dropoutFactors(
      long key, int threshold, float scale, float[] factors, int offset, int count) {
    DropoutFactors.draw(key, threshold, scale, factors, offset, count);
  }

  @Override
  public void addPlanes(
      float[] values, int offset, int size, int planes, float[] sums, int sumsOffset) {
    PlaneSums.add(values, offset, size, planes, sums, sumsOffset);
  }

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
    MaxPool.forward(
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
    MaxPool.backward(
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
  public void exp(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    VectorMath.exp(source, sourceOffset, target, targetOffset, count);
  }

  @Override
  public void tanh(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    VectorMath.tanh(source, sourceOffset, target, targetOffset, count);
  }

  @Override
  public void sigmoid(
      float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    VectorMath.sigmoid(source, sourceOffset, target, targetOffset, count);
  }

  @Override
  public void relu(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    Rectifier.forward(source, sourceOffset, target, targetOffset, count);
  }

  @Override
  public void reluBackward(
      float[] output, int outputOffset, float[] gradient, int gradientOffset, int count) {
    Rectifier.backward(output, outputOffset, gradient, gradientOffset, count);
  }

  @Override
  public void expm1(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    VectorMath.expm1(source, sourceOffset, target, targetOffset, count);
  }

  @Override
  public void log1p(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    VectorMath.log1p(source, sourceOffset, target, targetOffset, count);
  }

  @Override
  public void erf(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    errorFunction.erf(source, sourceOffset, target, targetOffset, count);
  }

  @Override
  public void replaceUnlessPositive(
      float[] test,
      int testOffset,
      float[] other,
      int otherOffset,
      float[] target,
      int targetOffset,
      int count) {
    Rectifier.replaceUnlessPositive(
        test, testOffset, other, otherOffset, target, targetOffset, count);
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
    AvgPool.forward(geometry, planes, scale, source, sourceOffset, target, targetOffset);
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
    AvgPool.backward(
        geometry, planes, scale, gradient, gradientOffset, sourceGradient, sourceOffset);
  }
}

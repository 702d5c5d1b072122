package dev.convoy.kernel.pool;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.tensor.Check;

/** Largest values and sums of windows over planes of images, and their gradients. */
public final class PoolKernels {
  /**
   * Cells of a window that are summed in float before their sum is added in double: windows of up
   * to 32 by 32 are summed in float as a whole, and larger ones stay as exact.
   */
  public static final int STRETCH = 1024;

  private final PoolBackend backend;

  /** Checks what goes to this implementation. */
  public PoolKernels(PoolBackend backend) {
    this.backend = backend;
  }

  /**
   * Takes the largest value of each window of each plane; the first in row-major order wins a tie,
   * NaN always wins.
   *
   * @param planes channels times lane blocks
   * @param winners the number of the winning cell, row-major in its window, of each output
   */
  public void maxPool(
      PoolGeometry geometry,
      int planes,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset,
      float[] winners,
      int winnersOffset) {
    checkPool(geometry, planes, source, sourceOffset, target, targetOffset);
    long outputs = (long) planes * geometry.outputSize() * Lanes.WIDTH;
    Check.range(winnersOffset, outputs, winners.length, "maxPool winners");
    backend.maxPool(
        geometry, planes, source, sourceOffset, target, targetOffset, winners, winnersOffset);
  }

  /**
   * Carries each window's gradient back to the cell that won; overlapping windows add, in ascending
   * order of windows.
   */
  public void maxPoolBackward(
      PoolGeometry geometry,
      int planes,
      float[] gradient,
      int gradientOffset,
      float[] winners,
      int winnersOffset,
      float[] sourceGradient,
      int sourceOffset) {
    checkPool(geometry, planes, sourceGradient, sourceOffset, gradient, gradientOffset);
    long outputs = (long) planes * geometry.outputSize() * Lanes.WIDTH;
    Check.range(winnersOffset, outputs, winners.length, "maxPoolBackward winners");
    backend.maxPoolBackward(
        geometry,
        planes,
        gradient,
        gradientOffset,
        winners,
        winnersOffset,
        sourceGradient,
        sourceOffset);
  }

  /**
   * Takes the sum of each window of each plane, row-major, times the scale of its position. Each
   * {@link #STRETCH} cells are added in float, these sums in double.
   *
   * @param scale one factor a window, as of a mean
   */
  public void avgPool(
      PoolGeometry geometry,
      int planes,
      float[] scale,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset) {
    checkPool(geometry, planes, source, sourceOffset, target, targetOffset);
    Check.range(0, geometry.outputSize(), scale.length, "avgPool scale");
    backend.avgPool(geometry, planes, scale, source, sourceOffset, target, targetOffset);
  }

  /**
   * Carries each window's gradient, scaled, back to all its cells; overlapping windows add, in
   * ascending order of windows.
   */
  public void avgPoolBackward(
      PoolGeometry geometry,
      int planes,
      float[] scale,
      float[] gradient,
      int gradientOffset,
      float[] sourceGradient,
      int sourceOffset) {
    checkPool(geometry, planes, sourceGradient, sourceOffset, gradient, gradientOffset);
    Check.range(0, geometry.outputSize(), scale.length, "avgPoolBackward scale");
    backend.avgPoolBackward(
        geometry, planes, scale, gradient, gradientOffset, sourceGradient, sourceOffset);
  }

  private static void checkPool(
      PoolGeometry geometry, int planes, float[] inputs, int input, float[] outputs, int output) {
    long read = (long) planes * geometry.inputSize() * Lanes.WIDTH;
    long written = (long) planes * geometry.outputSize() * Lanes.WIDTH;
    Check.range(input, read, inputs.length, "pooling input");
    Check.range(output, written, outputs.length, "pooling output");
  }
}

package dev.convoy.kernel.pool;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.tensor.Check;

/**
 * Largest values and sums of windows over planes of images, planes resampled, and their gradients.
 */
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

  /**
   * Resamples each plane: every output is the weighted mean of the four inputs around it, summed
   * row-major by fused products.
   */
  public void bilinear(
      BilinearAxis rows,
      BilinearAxis columns,
      int planes,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset) {
    checkResampling(rows, columns, planes, source, sourceOffset, target, targetOffset);
    backend.bilinear(rows, columns, planes, source, sourceOffset, target, targetOffset);
  }

  /** Carries each output's gradient back to its four inputs, in ascending order of outputs. */
  public void bilinearBackward(
      BilinearAxis rows,
      BilinearAxis columns,
      int planes,
      float[] gradient,
      int gradientOffset,
      float[] sourceGradient,
      int sourceOffset) {
    checkResampling(rows, columns, planes, sourceGradient, sourceOffset, gradient, gradientOffset);
    backend.bilinearBackward(
        rows, columns, planes, gradient, gradientOffset, sourceGradient, sourceOffset);
  }

  private static void checkResampling(
      BilinearAxis rows,
      BilinearAxis columns,
      int planes,
      float[] inputs,
      int input,
      float[] outputs,
      int output) {
    long read = (long) rows.inputs() * columns.inputs() * Lanes.WIDTH;
    long written = (long) rows.outputs() * columns.outputs() * Lanes.WIDTH;
    Check.range(input, planes * read, inputs.length, "resampling input");
    Check.range(output, planes * written, outputs.length, "resampling output");
  }

  private static void checkPool(
      PoolGeometry geometry, int planes, float[] inputs, int input, float[] outputs, int output) {
    long read = (long) planes * geometry.inputSize() * Lanes.WIDTH;
    long written = (long) planes * geometry.outputSize() * Lanes.WIDTH;
    Check.range(input, read, inputs.length, "pooling input");
    Check.range(output, written, outputs.length, "pooling output");
  }
}

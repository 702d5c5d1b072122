package dev.convoy.kernel.tap;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;
import dev.convoy.tensor.Check;

/**
 * Sums of products over taps, which convolutions and their gradients are made of, and the sums of
 * planes that bias gradients are.
 */
public final class TapKernels {
  private final TapBackend backend;

  /** Checks what goes to this implementation. */
  public TapKernels(TapBackend backend) {
    this.backend = backend;
  }

  /**
   * Sums products: {@code target[f, p] = start[f] + Σ_t weights[f, t] · source[p + offset[t]]} for
   * each filter f and position p, the taps in ascending order.
   *
   * @param weights packed {@code [filters/4][taps][4]}, from {@code weightsOffset} on
   * @param start one value a filter, {@link Pack#wholeFilters} of them from {@code startOffset} on
   */
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
    int packed = Pack.floats(filters, geometry.taps());
    Check.range(weightsOffset, packed, weights.length, "product weights");
    Check.range(startOffset, Pack.wholeFilters(filters), start.length, "product start");
    Check.range(sourceOffset, geometry.sourceReach(), source.length, "product source");
    Check.range(targetOffset, geometry.targetReach(filters), target.length, "product target");
    backend.product(
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

  /**
   * Computes the gradient of {@link #product} by its weights over several lane blocks: {@code
   * gradient[f, t] = Σ target[f, p] · source[p + offset[t]]}. Each lane is summed by itself over
   * blocks, rows and columns in ascending order; {@link Lanes#sum} joins the lanes.
   *
   * @param blocks how many blocks there are
   * @param sourceBlock from one block to the next, in the source
   * @param targetBlock from one block to the next, in the target
   * @param target gradients that arrive from above
   * @param gradient {@code [filters, taps]}, overwritten
   */
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
    long size = (long) filters * geometry.taps();
    long sourceReach = (long) (blocks - 1) * sourceBlock + geometry.sourceReach();
    long targetReach = (long) (blocks - 1) * targetBlock + geometry.targetReach(filters);
    Check.range(gradientOffset, size, gradient.length, "productGradient gradient");
    Check.range(sourceOffset, sourceReach, source.length, "productGradient source");
    Check.range(targetOffset, targetReach, target.length, "productGradient target");
    backend.productGradient(
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

  /**
   * Adds products of planes whose channels lie in the lanes, tap by tap: {@code target[f, t, lane]
   * += Σ_p left[p, f] · source[p + offset[t], lane]}, each sum over the positions from 0 on, row by
   * row, in ascending order.
   *
   * @param geometry of the taps; its target is the left factor, whose plane holds sixteen filters
   *     side by side in each position
   * @param filters a multiple of {@link Pack#SIZE}
   * @param target {@code [filters][taps][16]}
   */
  public void addPlaneProduct(
      TapGeometry geometry,
      int filters,
      float[] left,
      int leftOffset,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset) {
    if (filters < Pack.SIZE || filters % Pack.SIZE != 0) {
      throw new IllegalArgumentException(
          "addPlaneProduct needs filters by " + Pack.SIZE + ", but got " + filters);
    }
    long leftReach = geometry.targetReach(Lanes.blocks(filters));
    long size = (long) filters * geometry.taps() * Lanes.WIDTH;
    Check.range(leftOffset, leftReach, left.length, "addPlaneProduct left");
    Check.range(sourceOffset, geometry.sourceReach(), source.length, "addPlaneProduct source");
    Check.range(targetOffset, size, target.length, "addPlaneProduct target");
    backend.addPlaneProduct(
        geometry, filters, left, leftOffset, source, sourceOffset, target, targetOffset);
  }

  /**
   * Adds up planes, each lane by itself: {@code sums[p, lane] += Σ_i values[p, i, lane]}, i in
   * ascending order.
   *
   * @param size floats of a plane, a multiple of {@link Lanes#WIDTH}
   * @param sums {@code [planes][16]}
   */
  public void addPlanes(
      float[] values, int offset, int size, int planes, float[] sums, int sumsOffset) {
    Check.range(offset, (long) planes * size, values.length, "addPlanes values");
    Check.range(sumsOffset, (long) planes * Lanes.WIDTH, sums.length, "addPlanes sums");
    backend.addPlanes(values, offset, size, planes, sums, sumsOffset);
  }
}

package dev.convoy.kernel.lane;

import dev.convoy.tensor.Check;

/** Movements of values between lanes and rows. */
public final class LaneKernels {
  private final LaneBackend backend;

  /** Checks what goes to this implementation. */
  public LaneKernels(LaneBackend backend) {
    this.backend = backend;
  }

  /**
   * Turns sixteen rows of lane blocks, so that what were rows lie in the lanes: {@code target[lane
   * · targetStride + i · 16 + row] = source[row · sourceStride + i · 16 + lane]}, both from their
   * offsets on.
   *
   * @param count lane blocks of a row
   */
  public void swap(
      float[] source,
      int sourceOffset,
      int sourceStride,
      int count,
      float[] target,
      int targetOffset,
      int targetStride) {
    long blocks = (long) count * Lanes.WIDTH;
    long rows = Lanes.WIDTH - 1L;
    Check.range(sourceOffset, rows * sourceStride + blocks, source.length, "swapLanes source");
    Check.range(targetOffset, rows * targetStride + blocks, target.length, "swapLanes target");
    backend.swap(source, sourceOffset, sourceStride, count, target, targetOffset, targetStride);
  }
}

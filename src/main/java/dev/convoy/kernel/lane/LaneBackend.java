package dev.convoy.kernel.lane;

/** The arithmetic of {@link LaneKernels} on raw arrays, which that has checked. */
public interface LaneBackend {
  /** See {@link LaneKernels#swap}. */
  void swap(
      float[] source,
      int sourceOffset,
      int sourceStride,
      int count,
      float[] target,
      int targetOffset,
      int targetStride);
}

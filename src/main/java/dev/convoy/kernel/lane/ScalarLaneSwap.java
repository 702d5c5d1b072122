package dev.convoy.kernel.lane;

/** Turns squares value by value. */
public final class ScalarLaneSwap implements LaneBackend {
  @Override
  public void swap(
      float[] source,
      int sourceOffset,
      int sourceStride,
      int count,
      float[] target,
      int targetOffset,
      int targetStride) {
    for (int i = 0; i < count * Lanes.WIDTH; i += Lanes.WIDTH) {
      for (int row = 0; row < Lanes.WIDTH; row++) {
        for (int lane = 0; lane < Lanes.WIDTH; lane++) {
          target[targetOffset + lane * targetStride + i + row] =
              source[sourceOffset + row * sourceStride + i + lane];
        }
      }
    }
  }
}

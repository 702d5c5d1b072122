package dev.convoy.nn.replica;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.Lanes;
import dev.convoy.kernel.Prefetch;
import dev.convoy.kernel.Scratch;

/**
 * A lane block turned round: sixteen channels side by side, one image after the other, {@code
 * [channels/16][16 images][H][W][16]}. Lanes beyond the last channel are 0.
 */
final class LanePlanes {
  /** Pixels that are fetched at once: of sixteen channels they leave room in the second cache. */
  private static final int STRIP = 256;

  private final Kernels kernels;
  private final Prefetch prefetch = new Prefetch();
  private final int channels;
  private final int pixels;
  private final int groups;

  /** From one plane to the next: not a power of two, or all would share the cache's same sets. */
  private final int stride;

  private final float[] values;

  /** The channels of the last group and the missing ones, where it is not full. */
  private final float[] lastGroup;

  LanePlanes(Kernels kernels, int channels, int pixels) {
    this.kernels = kernels;
    this.channels = channels;
    this.pixels = pixels;
    groups = Lanes.blocks(channels);
    stride = (pixels + 1) * Lanes.WIDTH;
    values = Scratch.of(Math.multiplyExact(groups, Math.multiplyExact(Lanes.WIDTH, stride)));
    lastGroup = new float[channels % Lanes.WIDTH == 0 ? 0 : Lanes.WIDTH * Lanes.WIDTH * pixels];
  }

  /** Groups of sixteen channels. */
  int groups() {
    return groups;
  }

  /** Channels rounded up to whole groups. */
  int width() {
    return groups * Lanes.WIDTH;
  }

  float[] values() {
    return values;
  }

  /** From one plane to the next. */
  int stride() {
    return stride;
  }

  /** Where the plane of an image starts. */
  int plane(int group, int image) {
    return Scratch.START + (group * Lanes.WIDTH + image) * stride;
  }

  /** Takes a lane block of {@code [blocks][channels][H][W][16]} from {@code start} on. */
  void take(float[] batch, int start, int block) {
    int plane = pixels * Lanes.WIDTH;
    for (int group = 0; group < groups; group++) {
      int first = group * Lanes.WIDTH;
      int from = start + (block * channels + first) * plane;
      float[] source = batch;
      if (channels - first < Lanes.WIDTH) {
        System.arraycopy(batch, from, lastGroup, 0, (channels - first) * plane);
        source = lastGroup;
        from = 0;
      }
      turn(source, from, group);
    }
  }

  private void turn(float[] source, int from, int group) {
    int plane = pixels * Lanes.WIDTH;
    int to = plane(group, 0);
    for (int first = 0; first < pixels; first += STRIP) {
      int count = Math.min(STRIP, pixels - first);
      int x = from + first * Lanes.WIDTH;
      prefetch.planes(source, x, count * Lanes.WIDTH, Lanes.WIDTH, plane);
      kernels.swapLanes(source, x, plane, count, values, to + first * Lanes.WIDTH, stride);
    }
  }
}

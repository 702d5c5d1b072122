package dev.convoy.nn.replica.convolution;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Prefetch;
import dev.convoy.kernel.lane.Scratch;
import dev.convoy.kernel.lane.Workspace.Area;

/**
 * A lane block turned round: sixteen channels side by side, one image after the other, {@code
 * [channels/16][16 images][H][W][16]}. Lanes beyond the last channel are 0.
 */
final class LanePlanes {
  /** Pixels that are fetched at once: of sixteen channels they leave room in the second cache. */
  private static final int STRIP = 128;

  private final Kernels kernels;
  private final Prefetch prefetch = new Prefetch();
  private final int channels;
  private final int pixels;
  private final int groups;

  /**
   * Floats from one plane to the next: not a power of two, or all would share the cache's same
   * sets.
   */
  private final int stride;

  private final Area area;

  /** The channels of the last group and the missing ones, where it is not full. */
  private final float[] lastGroup;

  /** The lane block at work: where it starts, and how many pixels are taken. */
  private float[] batch = {};

  private int from;
  private int taken;

  /**
   * Planes.
   *
   * @param area of the workspace, in which they lie
   */
  LanePlanes(Kernels kernels, Area area, int channels, int pixels) {
    this.kernels = kernels;
    this.area = area;
    this.channels = channels;
    this.pixels = pixels;
    groups = Lanes.blocks(channels);
    stride = (pixels + 1) * Lanes.WIDTH;
    int size = Math.multiplyExact(groups, Math.multiplyExact(Lanes.WIDTH, stride));
    kernels.workspace().reserve(area, size);
    lastGroup = new float[channels % Lanes.WIDTH == 0 ? 0 : Lanes.WIDTH * Lanes.WIDTH * STRIP];
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
    return kernels.workspace().of(area);
  }

  /** Returns the floats from one plane to the next. */
  int stride() {
    return stride;
  }

  /** Returns where the plane of an image starts. */
  int plane(int group, int image) {
    return Scratch.START + (group * Lanes.WIDTH + image) * stride;
  }

  /** Takes a lane block of {@code [blocks][channels][H][W][16]} from {@code start} on. */
  void take(float[] batch, int start, int block) {
    begin(batch, start, block);
    takeUpTo(pixels);
  }

  /** Begins a lane block, of which nothing is taken yet. */
  void begin(float[] batch, int start, int block) {
    this.batch = batch;
    from = start + block * channels * pixels * Lanes.WIDTH;
    taken = 0;
  }

  /** Takes the first so many pixels of each plane, if it has not; the others keep what they had. */
  void takeUpTo(int end) {
    while (taken < end) {
      int count = Math.min(STRIP, end - taken);
      for (int group = 0; group < groups; group++) {
        turn(group, count);
      }
      taken += count;
    }
  }

  private void turn(int group, int count) {
    int plane = pixels * Lanes.WIDTH;
    int first = group * Lanes.WIDTH;
    int at = from + first * plane + taken * Lanes.WIDTH;
    float[] source = batch;
    int stride = plane;
    if (channels - first < Lanes.WIDTH) {
      stride = STRIP * Lanes.WIDTH;
      for (int c = 0; c < channels - first; c++) {
        System.arraycopy(batch, at + c * plane, lastGroup, c * stride, count * Lanes.WIDTH);
      }
      source = lastGroup;
      at = 0;
    } else {
      prefetch.planes(source, at, count * Lanes.WIDTH, Lanes.WIDTH, plane);
    }
    int to = plane(group, 0) + taken * Lanes.WIDTH;
    kernels.lanes().swap(source, at, stride, count, values(), to, this.stride);
  }
}

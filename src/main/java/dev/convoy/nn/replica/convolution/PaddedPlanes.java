package dev.convoy.nn.replica.convolution;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Scratch;
import dev.convoy.kernel.lane.Workspace;
import dev.convoy.kernel.lane.Workspace.Area;
import java.util.Arrays;

/**
 * Planes with a border of zeros around them, as convolutions read them. Large ones that nobody
 * reads again lie in the workspace, so that a network takes as much of it as its largest layer.
 */
final class PaddedPlanes {
  /**
   * Floats up to which planes have an array of their own: there the border stays as it is, and
   * around small planes it is a large part of what is written.
   */
  private static final int SMALL = 1 << 16;

  private final Workspace workspace;
  private final int count;
  private final int height;
  private final int width;
  private final int top;
  private final int left;
  private final int paddedHeight;
  private final int paddedWidth;
  private final int length;
  private final boolean shared;

  /** Absent, as no floats, before the first use, and where they lie in the workspace. */
  private float[] own = {};

  /**
   * Planes.
   *
   * @param count planes at most
   * @param top rows of border above, {@code left} columns before, in planes of {@code paddedHeight}
   *     by {@code paddedWidth}
   * @param lasts whether what was taken is read again after other layers' work
   */
  PaddedPlanes(
      Workspace workspace,
      int count,
      int height,
      int width,
      int top,
      int left,
      int paddedHeight,
      int paddedWidth,
      boolean lasts) {
    this.workspace = workspace;
    this.count = count;
    this.height = height;
    this.width = width;
    this.top = top;
    this.left = left;
    this.paddedHeight = paddedHeight;
    this.paddedWidth = paddedWidth;
    length = Math.multiplyExact(count, paddedHeight * paddedWidth * Lanes.WIDTH);
    shared = !lasts && length > SMALL;
    if (shared) {
      workspace.reserve(Area.PADDED, length);
    }
  }

  /** Returns the floats of an array of its own. */
  long heldFloats() {
    return shared ? 0 : length;
  }

  /**
   * Takes planes, the first of them at {@code offset} of an array, which then lie from {@link
   * Scratch#START} on.
   *
   * @param first where the first of them goes
   */
  float[] take(float[] source, int offset, int planes, int first) {
    if (first + planes > count) {
      throw new IllegalArgumentException(
          "There is room for " + count + " planes, not " + (first + planes));
    }
    float[] padded = values();
    if (shared) {
      clearBorder(padded, first, planes);
    }
    Packing.pad(
        source,
        offset,
        planes,
        height,
        width,
        padded,
        Scratch.START + first * paddedHeight * paddedWidth * Lanes.WIDTH,
        top,
        left,
        paddedHeight,
        paddedWidth);
    return padded;
  }

  /** Returns the array in which the planes lie that were taken last. */
  float[] values() {
    if (shared) {
      return workspace.of(Area.PADDED);
    }
    if (own.length == 0) {
      own = Scratch.of(length);
    }
    return own;
  }

  private void clearBorder(float[] padded, int from, int planes) {
    int row = paddedWidth * Lanes.WIDTH;
    int before = left * Lanes.WIDTH;
    int behind = before + width * Lanes.WIDTH;
    for (int plane = from; plane < from + planes; plane++) {
      int start = Scratch.START + plane * paddedHeight * row;
      int first = start + top * row;
      int end = first + height * row;
      Arrays.fill(padded, start, first, 0);
      for (int at = first; at < end && paddedWidth > width; at += row) {
        Arrays.fill(padded, at, at + before, 0);
        Arrays.fill(padded, at + behind, at + row, 0);
      }
      Arrays.fill(padded, end, start + paddedHeight * row, 0);
    }
  }
}

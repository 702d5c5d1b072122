package dev.convoy.image;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import java.util.Arrays;

/**
 * Makes batches: takes images from a block, turns bytes into normalised floats by a table a
 * channel, and lays them side by side as {@link Lanes} says.
 */
public final class BatchFiller {
  /**
   * Pixels that all lanes take before the next: what they write, 8 KiB, stays in the first cache.
   */
  private static final int STRETCH = 128;

  private final Shape shape;
  private final float[][] tables;

  /**
   * Creates a filler for images of this shape.
   *
   * @throws IllegalArgumentException if the normalisation has another number of channels
   */
  public BatchFiller(Shape shape, Normalization normalization) {
    if (normalization.mean().length != shape.channels()) {
      throw new IllegalArgumentException(
          "normalize.mean needs one value a channel, "
              + shape.channels()
              + ", but has "
              + normalization.mean().length);
    }
    this.shape = shape;
    this.tables = new float[shape.channels()][];
    for (int c = 0; c < tables.length; c++) {
      tables[c] = normalization.table(c);
    }
  }

  /**
   * Fills {@code [blocks, C, H, W, 16]} with images; unused lanes of the last block become 0.
   *
   * @param positions of images in the block
   * @param from the first of the positions to take
   * @param count how many to take
   */
  public void fill(
      ImageBlock block, int[] positions, int from, int count, float[] target, int offset) {
    if (!block.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "The network takes images of " + shape + ", but the block has " + block.shape());
    }
    fill(block.pixels(), positions, from, count, target, offset);
  }

  /** The same from the pixels of images that lie one after the other. */
  public void fill(
      byte[] pixels, int[] positions, int from, int count, float[] target, int offset) {
    int blockSize = shape.size() * Lanes.WIDTH;
    Check.range(offset, (long) Lanes.blocks(count) * blockSize, target.length, "batch");
    for (int start = 0; start < count; start += Lanes.WIDTH) {
      int to = offset + start / Lanes.WIDTH * blockSize;
      int lanes = Math.min(Lanes.WIDTH, count - start);
      if (lanes < Lanes.WIDTH) {
        Arrays.fill(target, to, to + blockSize, 0);
      }
      int plane = shape.height() * shape.width();
      for (int c = 0; c < tables.length; c++) {
        for (int i = c * plane; i < (c + 1) * plane; i += STRETCH) {
          int run = Math.min(STRETCH, (c + 1) * plane - i);
          for (int lane = 0; lane < lanes; lane++) {
            int first = positions[from + start + lane] * shape.size() + i;
            int at = to + i * Lanes.WIDTH + lane;
            fillLane(pixels, first, run, tables[c], target, at);
          }
        }
      }
    }
  }

  private static void fillLane(
      byte[] pixels, int first, int count, float[] table, float[] target, int to) {
    for (int i = 0; i < count; i++) {
      target[to + i * Lanes.WIDTH] = table[pixels[first + i] & 0xFF];
    }
  }
}

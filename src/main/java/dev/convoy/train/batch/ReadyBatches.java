package dev.convoy.train.batch;

import dev.convoy.image.ImageBlock;

/** Batches of a block that has pixels: nothing is copied. */
final class ReadyBatches implements BatchSource {
  private final ImageBlock block;
  private final int[][] batches;
  private int next;

  ReadyBatches(ImageBlock block, int[][] batches) {
    this.block = block;
    this.batches = batches;
  }

  @Override
  public Batch next() {
    return new Batch(block, batches[next++]);
  }

  @Override
  public void close() {}
}

package dev.convoy.train.batch;

import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Check;
import org.jspecify.annotations.Nullable;

/** Batches of a block that has pixels: nothing is copied. */
final class ReadyBatches implements BatchSource {
  private final @Nullable ImageBlock block;
  private final int[][] batches;
  private int next;

  ReadyBatches(@Nullable ImageBlock block, int[][] batches) {
    this.block = block;
    this.batches = batches;
  }

  @Override
  public Batch next() {
    return new Batch(Check.present(block, "ReadyBatches.block"), batches[next++]);
  }

  @Override
  public void close() {}
}

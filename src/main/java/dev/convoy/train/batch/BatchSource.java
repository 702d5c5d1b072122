package dev.convoy.train.batch;

import dev.convoy.image.ImageBlock;
import dev.convoy.image.augment.PictureCut;
import dev.convoy.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The batches of a block one after the other, in the order in which they were asked for: of pixels
 * that lie ready, or of pictures that another thread decodes meanwhile. To be closed by whoever
 * opens it, however its work ends: nothing of it goes on then.
 */
public sealed interface BatchSource extends AutoCloseable permits ReadyBatches, DecodedBatches {
  /**
   * The next batch, which is waited for.
   *
   * @throws dev.convoy.image.DataException if one of its pictures can't be decoded
   */
  Batch next();

  @Override
  void close();

  /**
   * Images of a step.
   *
   * @param block that has them, and others where pixels lie ready
   * @param positions of them in the block
   */
  record Batch(ImageBlock block, int[] positions) {
    /** How many there are. */
    public int size() {
      return positions.length;
    }
  }

  /**
   * Returns the batches of a block.
   *
   * @param block whose pixels or files these are; absent only where there are no batches
   * @param batches positions in the block, one array a batch
   */
  static BatchSource of(@Nullable ImageBlock block, int[][] batches) {
    return block == null || batches.length == 0 || block.encoded() == null
        ? new ReadyBatches(block, batches)
        : new DecodedBatches(block, batches, block.shape(), ImageBlock::decode);
  }

  /**
   * Returns the same of images that are cut out of the block's pictures.
   *
   * @param cut makes them; where it is absent, images are the block's own
   * @param shape of what is cut
   * @param epochKey as in {@link PictureCut#cut}
   */
  static BatchSource of(
      @Nullable ImageBlock block,
      int[][] batches,
      @Nullable PictureCut cut,
      Shape shape,
      long epochKey) {
    return cut == null || block == null || batches.length == 0
        ? of(block, batches)
        : new DecodedBatches(
            block,
            batches,
            shape,
            (batch, image, from, position) -> cut.cut(batch, image, from, position, epochKey));
  }
}

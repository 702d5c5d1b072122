package dev.convoy.spark;

import dev.convoy.image.ImageBlock;
import dev.convoy.train.Deal;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The training images as each epoch uses them: one RDD, until examples are dealt anew. Then the
 * next takes its place, and the cache lets go of the one before.
 */
public final class TrainingBlocks {
  private final BlockRdd images;
  private Deal deal;
  private JavaRDD<ImageBlock> blocks;

  private TrainingBlocks(BlockRdd images, Deal deal, JavaRDD<ImageBlock> blocks) {
    this.images = images;
    this.deal = deal;
    this.blocks = blocks;
  }

  /** The same blocks in all epochs, as {@link BlockRdd#dealt} gives them. */
  public static TrainingBlocks always(JavaRDD<ImageBlock> blocks) {
    return new TrainingBlocks(null, null, blocks);
  }

  /** These images as the deal has them in each epoch. */
  public static TrainingBlocks dealt(BlockRdd images, Deal deal) {
    return new TrainingBlocks(images, deal, null);
  }

  /**
   * The blocks of this epoch, one in each partition, read into the cache.
   *
   * @param epoch from 1
   */
  JavaRDD<ImageBlock> in(JavaSparkContext spark, int epoch) {
    Deal now = deal == null ? null : deal.in(epoch);
    if (blocks == null || now != null && !now.equals(deal)) {
      if (blocks != null) {
        blocks.unpersist(false);
      }
      deal = now;
      blocks = images.dealt(now);
      read(spark, "dealing training images");
    }
    return blocks;
  }

  /** Reads the blocks of a training's first epoch. */
  void start(JavaSparkContext spark, int epoch) {
    if (in(spark, epoch) != null && images == null) {
      read(spark, "reading training images");
    }
  }

  private void read(JavaSparkContext spark, String description) {
    spark.setJobDescription(description);
    blocks.count();
    spark.setJobDescription(null);
  }
}

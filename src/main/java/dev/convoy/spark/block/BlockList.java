package dev.convoy.spark.block;

import dev.convoy.image.ImageBlock;
import java.util.AbstractList;
import org.apache.spark.api.java.JavaRDD;

/** The blocks of an RDD by partition, each fetched when it is asked for. */
public final class BlockList extends AbstractList<ImageBlock> {
  private final JavaRDD<ImageBlock> blocks;

  /**
   * The blocks of this RDD.
   *
   * @param blocks one in each partition
   */
  public BlockList(JavaRDD<ImageBlock> blocks) {
    this.blocks = blocks;
  }

  @Override
  public ImageBlock get(int partition) {
    return blocks.collectPartitions(new int[] {partition})[0].get(0);
  }

  @Override
  public int size() {
    return blocks.getNumPartitions();
  }
}

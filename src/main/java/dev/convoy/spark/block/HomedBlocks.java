package dev.convoy.spark.block;

import dev.convoy.image.ImageBlock;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Blocks that are each computed, and used, where they are at home. It is not cached itself, only
 * what lies under it may be: Spark then asks for the home before it asks for what is cached.
 */
public final class HomedBlocks extends RDD<ImageBlock> {
  private static final long serialVersionUID = 1;

  private final transient IntFunction<@Nullable LiveExecutor> homes;

  /**
   * The same blocks with these homes.
   *
   * @param homes of partitions, asked by Spark's scheduler before each job; absent for none
   */
  public HomedBlocks(JavaRDD<ImageBlock> blocks, IntFunction<@Nullable LiveExecutor> homes) {
    super(blocks.rdd(), blocks.classTag());
    this.homes = homes;
  }

  @Override
  public Iterator<ImageBlock> compute(Partition partition, TaskContext context) {
    return firstParent(elementClassTag()).iterator(partition, context);
  }

  @Override
  public Partition[] getPartitions() {
    return firstParent(elementClassTag()).partitions();
  }

  @Override
  public Seq<String> getPreferredLocations(Partition partition) {
    LiveExecutor home = homes.apply(partition.index());
    return CollectionConverters.asScala(home == null ? List.<String>of() : List.of(home.location()))
        .toSeq();
  }
}

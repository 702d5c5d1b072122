package dev.convoy.spark.round;

import dev.convoy.image.ImageBlock;
import dev.convoy.spark.block.BlockHomes;
import dev.convoy.spark.block.BlockRdd;
import dev.convoy.spark.block.HomedBlocks;
import dev.convoy.spark.block.LiveExecutor;
import dev.convoy.tensor.Check;
import dev.convoy.train.sampling.Sampler;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.storage.BlockManagerMaster;
import org.apache.spark.storage.RDDBlockId;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The training images as each epoch uses them: one RDD, until examples are dealt anew. Then the
 * next takes its place, and the cache lets go of the one before.
 *
 * <p>Each block is cached where it is {@linkplain BlockHomes at home}. Where executors go or come,
 * homes change between rounds; blocks that are cached elsewhere are then let go of, and read again
 * at home as soon as they are needed. An executor that comes while rounds run gets blocks once it
 * is warm.
 */
public final class TrainingBlocks {
  /** Absent where blocks are given. */
  private final @Nullable BlockRdd images;

  /** Those of the epoch, absent until its blocks are opened; so is what follows. */
  private @Nullable Sampler sampler;

  /** Cached, as a rule. */
  private @Nullable JavaRDD<ImageBlock> blocks;

  private @Nullable JavaRDD<ImageBlock> homed;
  private int epoch;

  /** Absent before the first job that asks. */
  private @Nullable BlockHomes homes;

  /** Those that have blocks. */
  private List<LiveExecutor> executors = List.of();

  /** All that are there, as the last round found them. */
  private List<LiveExecutor> present = List.of();

  private final ExecutorWarmUps warmUps = new ExecutorWarmUps();
  private boolean used;

  private TrainingBlocks(@Nullable BlockRdd images, @Nullable JavaRDD<ImageBlock> blocks) {
    this.images = images;
    this.blocks = blocks;
  }

  /** Returns the same blocks in all epochs, as {@link BlockRdd#sampled} gives them. */
  public static TrainingBlocks always(JavaRDD<ImageBlock> blocks) {
    return new TrainingBlocks(null, blocks);
  }

  /** These images, dealt for each epoch. */
  public static TrainingBlocks sampled(BlockRdd images) {
    return new TrainingBlocks(images, null);
  }

  /**
   * Returns the blocks of a round, one in each partition.
   *
   * @param first the sampler of the first epoch
   * @param now the epoch, from 1
   * @throws IllegalArgumentException if blocks that were given are not as many as the sampler has
   */
  JavaRDD<ImageBlock> in(JavaSparkContext spark, Sampler first, int now) {
    Sampler dealt = first.in(now);
    JavaRDD<ImageBlock> current = homed;
    if (current == null || images != null && !dealt.equals(sampler)) {
      current = open(spark, dealt);
    }
    followExecutors(spark, dealt, now);
    return current;
  }

  private JavaRDD<ImageBlock> open(JavaSparkContext spark, Sampler dealt) {
    sampler = dealt;
    if (homed != null) {
      opened().unpersist(false);
    }
    blocks = images == null ? blocks : images.sampled(dealt);
    JavaRDD<ImageBlock> read = opened();
    if (read.getNumPartitions() != dealt.partitions()) {
      throw new IllegalArgumentException(
          "The training RDD needs "
              + dealt.partitions()
              + " partitions, but has "
              + read.getNumPartitions());
    }
    JavaRDD<ImageBlock> atHome =
        JavaRDD.fromRDD(new HomedBlocks(read, p -> home(spark, p)), read.classTag());
    homed = atHome;
    spark.setJobDescription(
        images == null ? "reading training images" : "reshuffles training images");
    atHome.count();
    spark.setJobDescription(null);
    return atHome;
  }

  private JavaRDD<ImageBlock> opened() {
    return Check.present(blocks, "TrainingBlocks.blocks");
  }

  /** Answers Spark's scheduler, in a thread of its own. */
  private synchronized @Nullable LiveExecutor home(JavaSparkContext spark, int partition) {
    if (homes == null) {
      // Not before the first executors are there: a job may wait for them.
      executors = LiveExecutor.all(spark);
      Sampler dealt = Check.present(sampler, "TrainingBlocks.sampler");
      homes = executors.isEmpty() ? null : BlockHomes.of(dealt, executors);
    }
    return homes == null ? null : homes.of(partition);
  }

  private void followExecutors(JavaSparkContext spark, Sampler dealt, int now) {
    present = LiveExecutor.all(spark);
    if (!used) {
      warmUps.takeForWarm(present);
    }
    List<LiveExecutor> warm = warmUps.warm(present);
    boolean changed;
    synchronized (this) {
      changed = !warm.equals(executors);
      if (changed) {
        executors = warm;
        homes = homes == null ? BlockHomes.of(dealt, warm) : homes.with(warm);
      }
    }
    // A task that waited too long for its home has left its block elsewhere: looked at by the
    // epoch.
    if (changed || now != epoch) {
      epoch = now;
      letGoOfStrays(spark);
    }
  }

  /** Has executors that have come since the first round rehearse beside the rounds. */
  void warmUp(JavaSparkContext spark, WarmUp rehearsal) {
    used = true;
    warmUps.begin(spark, present, opened(), rehearsal);
  }

  /** Lets go of those that are under way. */
  void stopWarmUps() {
    warmUps.close();
  }

  /** Lets go of what is cached: the training is over. */
  void release() {
    if (images != null && blocks != null) {
      blocks.unpersist(false);
    }
  }

  private void letGoOfStrays(JavaSparkContext spark) {
    BlockManagerMaster cache = SparkEnv.get().blockManager().master();
    JavaRDD<ImageBlock> cached = opened();
    BlockId[] ids = new BlockId[cached.getNumPartitions()];
    for (int partition = 0; partition < ids.length; partition++) {
      ids[partition] = new RDDBlockId(cached.id(), partition);
    }
    var holders = cache.getLocations(ids);
    for (int partition = 0; partition < ids.length; partition++) {
      LiveExecutor home = home(spark, partition);
      Seq<BlockManagerId> at = holders.apply(partition);
      boolean strays =
          CollectionConverters.asJava(at).stream()
              .noneMatch(holder -> home == null || holder.executorId().equals(home.id()));
      if (strays && !at.isEmpty()) {
        cache.removeBlock(ids[partition]);
      }
    }
  }
}

package dev.convoy.spark.block;

import dev.convoy.data.ImageStream;
import dev.convoy.image.ImageBlock;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.job.ByNumber;
import dev.convoy.spark.job.Transport;
import dev.convoy.spark.portion.ImageSource;
import dev.convoy.spark.portion.Numbering;
import dev.convoy.spark.portion.Portion;
import dev.convoy.spark.portion.StreamPortions;
import dev.convoy.tensor.Shape;
import dev.convoy.train.sampling.Oversampling;
import dev.convoy.train.sampling.Sampler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Blocks of images as an RDD, one a partition, cached. Tasks read the files in portions, and a
 * shuffle brings each image to its place; what lies where depends on the {@link Placement} alone,
 * not on how many tasks read.
 */
public final class BlockRdd {
  /** Pixels and target vectors of a block for evaluation: small, so that all cores have some... */
  private static final int LEAST_BLOCK_BYTES = 1 << 20;

  /** ...but where there are this many blocks, larger, ... */
  private static final int MANY_BLOCKS = 256;

  /** ...as long as a core can hold several. */
  private static final int MOST_BLOCK_BYTES = 16 << 20;

  private final IntFunction<JavaRDD<Portion>> portions;
  private final Numbering numbering;
  private final int exampleBytes;
  private final boolean cached;

  /** Absent where every image is used once. */
  private final @Nullable Oversampling oversampling;

  /** Absent where blocks are made of files. */
  private final @Nullable JavaRDD<?> kept;

  /** Blocks of these images, read by as many tasks as pay. */
  public BlockRdd(JavaSparkContext spark, HadoopFiles files, ImageSource source, Shape shape) {
    this(spark, files, source, shape, 0);
  }

  /**
   * Blocks of these images, read by so many tasks, whose number changes no bit.
   *
   * @param readers tasks that read; 0 for as many as pay
   */
  public BlockRdd(
      JavaSparkContext spark, HadoopFiles files, ImageSource source, Shape shape, int readers) {
    this(
        examples -> StreamPortions.read(spark, files, source, examples, shape, readers),
        Numbering.PLAIN,
        exampleBytes(source, files));
  }

  /**
   * Blocks of images that were read.
   *
   * @param portions of so many usable examples
   * @param numbering of these
   * @param exampleBytes of an image's pixels and of its target vector
   */
  public BlockRdd(IntFunction<JavaRDD<Portion>> portions, Numbering numbering, int exampleBytes) {
    this(portions, numbering, exampleBytes, true, null, null);
  }

  private BlockRdd(
      IntFunction<JavaRDD<Portion>> portions,
      Numbering numbering,
      int exampleBytes,
      boolean cached,
      @Nullable Oversampling oversampling,
      @Nullable JavaRDD<?> kept) {
    this.portions = portions;
    this.numbering = numbering;
    this.exampleBytes = exampleBytes;
    this.cached = cached;
    this.oversampling = oversampling;
    this.kept = kept;
  }

  /**
   * Returns the same images, whose blocks are not kept: each time they are put together from what
   * the shuffle left on disk.
   */
  public BlockRdd uncached() {
    return new BlockRdd(portions, numbering, exampleBytes, false, oversampling, kept);
  }

  /**
   * Returns the images as they were read.
   *
   * @param examples how many there are
   */
  public JavaRDD<Portion> portions(int examples) {
    return portions.apply(examples);
  }

  /**
   * Blocks of the same images, those of small classes several times. Their labels are read first.
   *
   * @param examples how many images there are
   * @param classes of them
   */
  public BlockRdd oversampled(int examples, int classes, long seed) {
    Numbering numbering = this.numbering;
    IntFunction<JavaRDD<Portion>> portions = this.portions;
    int[] labels = new int[examples];
    portions
        .apply(examples)
        .map(portion -> new Tuple2<>(numbering.ids(portion), portion.images().labels()))
        .collect()
        .forEach(
            found -> {
              for (int i = 0; i < found._1().length; i++) {
                labels[found._1()[i]] = found._2()[i];
              }
            });
    // There are as many images as before, however often each is used.
    return new BlockRdd(
        uses -> portions.apply(examples),
        numbering,
        exampleBytes,
        cached,
        new Oversampling(labels, classes, seed),
        kept);
  }

  private static int exampleBytes(ImageSource source, HadoopFiles files) {
    try (ImageStream images = source.open(files)) {
      return images.exampleBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the same images, which are made of an RDD that is kept: {@link #release} lets go of it.
   */
  public BlockRdd madeOf(JavaRDD<?> kept) {
    return new BlockRdd(portions, numbering, exampleBytes, cached, oversampling, kept);
  }

  /** Lets go of what the blocks are made of; they can be made no more. */
  public void release() {
    if (kept != null) {
      kept.unpersist(false);
    }
  }

  /** Returns the RDD that is kept while blocks are made of it; absent if there is none. */
  public @Nullable JavaRDD<?> kept() {
    return kept;
  }

  /** Returns the images as a training uses them. */
  public JavaRDD<ImageBlock> sampled(Sampler sampler) {
    return rdd("training images", sampler.examples(), Placement.sampled(sampler));
  }

  /** The images in the order of the files. */
  public JavaRDD<ImageBlock> inOrder(String name, int examples) {
    long bytes = (long) examples * exampleBytes / MANY_BLOCKS;
    long blockBytes = Math.min(MOST_BLOCK_BYTES, Math.max(LEAST_BLOCK_BYTES, bytes));
    int blockImages = (int) Math.max(1, blockBytes / exampleBytes);
    return rdd(name, examples, Placement.inOrder(examples, blockImages));
  }

  private JavaRDD<ImageBlock> rdd(String name, int examples, Placement placement) {
    // Locals: a lambda that names a field would take this object, and the context, along.
    Numbering numbering = this.numbering;
    Oversampling oversampling = this.oversampling;
    JavaRDD<ImageBlock> blocks =
        Transport.shuffle(
                portions
                    .apply(examples)
                    .flatMapToPair(
                        portion -> Pieces.of(portion, numbering, oversampling, placement)),
                new ByNumber(placement.partitions()))
            .mapPartitionsWithIndex(
                (partition, pieces) -> assemble(placement.ids(partition), pieces), true)
            .setName(name);
    return cached ? blocks.persist(StorageLevel.MEMORY_AND_DISK()) : blocks;
  }

  /** Puts every image where it belongs: the order in which pieces arrive does not matter. */
  private static Iterator<ImageBlock> assemble(
      int[] ids, Iterator<Tuple2<Integer, ImageBlock>> pieces) {
    ImageBlock block = null;
    int found = 0;
    while (pieces.hasNext()) {
      ImageBlock piece = pieces.next()._2();
      block = block == null ? piece.room(ids) : block;
      for (int i = 0; i < piece.size(); i++) {
        block.put(piece.ids()[i], piece, i);
      }
      found += piece.size();
    }
    if (found != ids.length) {
      throw new IllegalStateException("A block needs " + ids.length + " images, but got " + found);
    }
    return List.of(block).iterator();
  }
}

package dev.convoy.spark;

import dev.convoy.data.ImageStream;
import dev.convoy.image.DataException;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.Targets;
import dev.convoy.tensor.Shape;
import dev.convoy.train.Deal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/**
 * Blocks of images as an RDD, one a partition, cached. Tasks read the files in pieces, and a
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

  /** Pixels and target vectors that one task reads; a failed one reads them again. */
  private static final long TASK_BYTES = 64 << 20;

  private final JavaSparkContext spark;
  private final HadoopFiles files;
  private final ImageSource source;
  private final Shape shape;
  private final int readers;

  /** Blocks of these images, read by as many tasks as pay. */
  public BlockRdd(JavaSparkContext spark, HadoopFiles files, ImageSource source, Shape shape) {
    this(spark, files, source, shape, 0);
  }

  /**
   * Blocks of these images, read by so many tasks, whose number changes no bit.
   *
   * @param readers tasks that read; 0 for as many as pay
   */
  BlockRdd(
      JavaSparkContext spark, HadoopFiles files, ImageSource source, Shape shape, int readers) {
    this.spark = spark;
    this.files = files;
    this.source = source;
    this.shape = shape;
    this.readers = readers;
  }

  /** The images as a training uses them. */
  public JavaRDD<ImageBlock> dealt(Deal deal) {
    return rdd("training images", deal.examples(), Placement.dealt(deal));
  }

  /** The images in the order of the files. */
  public JavaRDD<ImageBlock> inOrder(String name, int examples) {
    int exampleBytes;
    try (ImageStream images = source.open(files)) {
      exampleBytes = images.exampleBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long bytes = (long) examples * exampleBytes / MANY_BLOCKS;
    long blockBytes = Math.min(MOST_BLOCK_BYTES, Math.max(LEAST_BLOCK_BYTES, bytes));
    int blockImages = (int) Math.max(1, blockBytes / exampleBytes);
    return rdd(name, examples, Placement.inOrder(examples, blockImages));
  }

  private JavaRDD<ImageBlock> rdd(String name, int examples, Placement placement) {
    int tasks = Math.min(readers > 0 ? readers : readers(examples), examples);
    List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
    // Locals: a lambda that names a field would take this object, and the context, along.
    HadoopFiles files = this.files;
    ImageSource source = this.source;
    Shape shape = this.shape;
    return spark
        .parallelize(numbers, tasks)
        .flatMapToPair(
            task -> {
              int from = (int) ((long) examples * task / tasks);
              int to = (int) ((long) examples * (task + 1) / tasks);
              return new Pieces(open(source, files, examples, shape), from, to, placement);
            })
        .partitionBy(new ByNumber(placement.partitions()))
        .mapPartitionsWithIndex(
            (partition, pieces) -> assemble(shape, placement.ids(partition), pieces), true)
        .setName(name)
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** One where a reader can't skip what is not its own, else all cores and more for much. */
  private int readers(int examples) {
    try (ImageStream images = source.open(files)) {
      long tasks = (long) examples * images.exampleBytes() / TASK_BYTES;
      return images.seekable() ? (int) Math.max(spark.defaultParallelism(), tasks) : 1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The images, to be closed when the task ends, however it ends. */
  private static ImageStream open(
      ImageSource source, HadoopFiles files, int examples, Shape shape) {
    ImageStream images = source.open(files);
    TaskCompletionListener close = task -> close(images);
    TaskContext.get().addTaskCompletionListener(close);
    if (images.count() != examples || !images.shape().equals(shape)) {
      throw new DataException(
          "The data changed while they were read: there were "
              + examples
              + " images of "
              + shape
              + ", and now there are "
              + images.count()
              + " of "
              + images.shape());
    }
    return images;
  }

  private static void close(ImageStream images) {
    try {
      images.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts every image where it belongs: the order in which pieces arrive does not matter. */
  private static Iterator<ImageBlock> assemble(
      Shape shape, int[] ids, Iterator<Tuple2<Integer, Piece>> pieces) {
    Targets targets = null;
    byte[] pixels = new byte[Math.multiplyExact(ids.length, shape.size())];
    int found = 0;
    while (pieces.hasNext()) {
      Piece piece = pieces.next()._2();
      targets = targets == null ? piece.targets().room(ids.length) : targets;
      piece.copyTo(targets, pixels, shape.size());
      found += piece.size();
    }
    if (found != ids.length) {
      throw new IllegalStateException("A block needs " + ids.length + " images, but got " + found);
    }
    return List.of(new ImageBlock(shape, ids, targets, pixels)).iterator();
  }
}

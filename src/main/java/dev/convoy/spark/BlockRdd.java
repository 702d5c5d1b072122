package dev.convoy.spark;

import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Shape;
import dev.convoy.train.Deal;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Blocks of images as an RDD, one a partition, cached. Tasks read the files in pieces, and a
 * shuffle brings each image to its place; what lies where depends on the {@link Placement} alone,
 * not on how many tasks read.
 */
public final class BlockRdd {
  /** Pixels of a block for evaluation: small, so that all cores have some. */
  private static final int TEST_BLOCK_BYTES = 1 << 20;

  private final JavaSparkContext spark;
  private final HadoopFiles files;
  private final ImageSource source;
  private final Shape shape;
  private final int readers;

  /**
   * Blocks of these images.
   *
   * @param readers tasks that read; more than one helps where the source can skip
   */
  public BlockRdd(
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
    int blockImages = Math.max(1, TEST_BLOCK_BYTES / shape.size());
    return rdd(name, examples, Placement.inOrder(examples, blockImages));
  }

  private JavaRDD<ImageBlock> rdd(String name, int examples, Placement placement) {
    int tasks = Math.max(1, Math.min(readers, examples));
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
              return new Pieces(source.open(files), from, to, placement);
            })
        .partitionBy(new ByNumber(placement.partitions()))
        .mapPartitionsWithIndex(
            (partition, pieces) -> assemble(shape, placement.ids(partition), pieces), true)
        .setName(name)
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** Puts every image where it belongs: the order in which pieces arrive does not matter. */
  private static Iterator<ImageBlock> assemble(
      Shape shape, int[] ids, Iterator<Tuple2<Integer, Piece>> pieces) {
    int[] labels = new int[ids.length];
    byte[] pixels = new byte[Math.multiplyExact(ids.length, shape.size())];
    int found = 0;
    while (pieces.hasNext()) {
      Piece piece = pieces.next()._2();
      piece.copyTo(labels, pixels, shape.size());
      found += piece.size();
    }
    if (found != ids.length) {
      throw new IllegalStateException("A block needs " + ids.length + " images, but got " + found);
    }
    return List.of(new ImageBlock(shape, ids, labels, pixels)).iterator();
  }

  /** The key is the partition. */
  private static final class ByNumber extends Partitioner {
    private static final long serialVersionUID = 1;

    private final int partitions;

    ByNumber(int partitions) {
      this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
      return partitions;
    }

    @Override
    public int getPartition(Object key) {
      return (Integer) key;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ByNumber that && that.partitions == partitions;
    }

    @Override
    public int hashCode() {
      return partitions;
    }
  }
}

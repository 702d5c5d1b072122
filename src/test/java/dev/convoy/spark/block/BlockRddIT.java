package dev.convoy.spark.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.holdenkarau.spark.testing.SharedJavaSparkContext;
import dev.convoy.data.IdxImages;
import dev.convoy.image.ImageBlock;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.portion.ImageSource;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.IdxBytes;
import dev.convoy.testing.SampleImages;
import dev.convoy.train.sampling.Sampler;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.storage.BlockStatus;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.storage.StorageStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

class BlockRddIT extends SharedJavaSparkContext {
  private static final Shape SHAPE = Shape.of(1, 28, 28);
  private static final int EXAMPLES = 1003;
  private static final int CLASSES = 10;
  private static final ImageBlock ALL = SampleImages.random(EXAMPLES, SHAPE, CLASSES, 5);

  /** Streams that tasks in this process have opened and not closed, and this test as one more. */
  private static final Phaser OPEN = new Phaser(1);

  private static final BlockRddIT LAST = new BlockRddIT();

  @TempDir private Path folder;

  @BeforeEach
  void startSpark() {
    runBefore();
  }

  @AfterAll
  static void stopSpark() {
    LAST.runAfterClass();
  }

  @ParameterizedTest
  @CsvSource({"1, false", "2, false", "5, false", "1, true", "2, true", "5, true"})
  void shuffledBlocksAreThoseOfTheDealHoweverTheyAreRead(int readers, boolean gzip)
      throws IOException {
    Sampler sampler = new Sampler(EXAMPLES, 3, 16, 2, true, 42, 64);
    List<ImageBlock> blocks = collect(rdd(gzip, readers).sampled(sampler));
    assertEquals(sampler.partitions(), blocks.size());
    for (int partition = 0; partition < blocks.size(); partition++) {
      assertSame(SampleImages.choose(ALL, sampler.ids(partition)), blocks.get(partition));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void unshuffledBlocksAreThoseOfTheFormula(int readers) throws IOException {
    Sampler sampler = new Sampler(EXAMPLES, 2, 100, 1, false, 42, 200);
    List<ImageBlock> blocks = collect(rdd(false, readers).sampled(sampler));
    // Worker k's step s takes [(2s + k) * 100, (2s + k + 1) * 100), and a block holds two steps.
    int[][] starts = {{0, 200}, {400, 600}, {800, 1000}, {100, 300}, {500, 700}, {900}};
    assertEquals(starts.length, blocks.size());
    for (int partition = 0; partition < starts.length; partition++) {
      int[] ids =
          Arrays.stream(starts[partition])
              .flatMap(start -> IntStream.range(start, Math.min(EXAMPLES, start + 100)))
              .toArray();
      assertSame(SampleImages.choose(ALL, ids), blocks.get(partition));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void blocksForEvaluationAreInTheOrderOfTheFiles(boolean gzip) throws IOException {
    ImageBlock many = SampleImages.random(3000, SHAPE, CLASSES, 6);
    List<ImageBlock> blocks =
        collect(
            new BlockRdd(jsc(), files(), source(many, gzip), SHAPE)
                .inOrder("test images", many.size()));
    // A mebibyte holds 1,337 images.
    assertEquals(List.of(1337, 1337, 326), blocks.stream().map(ImageBlock::size).toList());
    int next = 0;
    for (ImageBlock block : blocks) {
      int[] ids = IntStream.range(next, next + block.size()).toArray();
      assertSame(SampleImages.choose(many, ids), block);
      next += block.size();
    }
  }

  @Test
  void cachedBlocksTakeTheirPixelsSize() throws IOException {
    Sampler sampler = new Sampler(EXAMPLES, 2, 16, 4, true, 42, 128);
    JavaRDD<ImageBlock> rdd = rdd(false, 2).sampled(sampler);
    assertEquals("training images", rdd.name());
    assertEquals(StorageLevel.MEMORY_AND_DISK(), rdd.getStorageLevel());
    assertEquals(sampler.partitions(), rdd.count());
    // Of the block manager itself: what Spark tells in getRDDStorageInfo comes some time later.
    List<BlockStatus> cached = new ArrayList<>();
    for (StorageStatus storage : SparkEnv.get().blockManager().master().getStorageStatus()) {
      CollectionConverters.asJava(storage.rddBlocks())
          .forEach(
              (id, status) -> {
                if (id.name().startsWith("rdd_" + rdd.id() + "_")) {
                  cached.add(status);
                }
              });
    }
    assertEquals(sampler.partitions(), cached.size());
    long pixels = (long) EXAMPLES * SHAPE.size();
    long bytes = cached.stream().mapToLong(BlockStatus::memSize).sum();
    assertTrue(bytes >= pixels, () -> bytes + " of " + pixels);
    assertTrue(bytes <= 1.1 * pixels, () -> bytes + " of " + pixels);
    assertEquals(0, cached.stream().mapToLong(BlockStatus::diskSize).sum());
  }

  @Test
  void manyTasksReadAFileThatCanBeSkippedAndOneReadsAnother() throws IOException {
    Sampler sampler = new Sampler(EXAMPLES, 2, 16, 4, true, 42, 128);
    for (boolean gzip : new boolean[] {false, true}) {
      JavaRDD<ImageBlock> rdd =
          new BlockRdd(jsc(), files(), source(ALL, gzip), SHAPE).sampled(sampler);
      int readers = gzip ? 1 : jsc().defaultParallelism();
      assertTrue(rdd.toDebugString().contains("(" + readers + ") "), rdd.toDebugString());
    }
  }

  @Test
  void tasksCloseWhatTheyOpenAlsoWhenTheyFail() throws Exception {
    Sampler sampler = new Sampler(EXAMPLES, 2, 16, 4, true, 42, 128);
    ImageSource counted = counted(write(ALL, false));
    collect(new BlockRdd(jsc(), files(), counted, SHAPE, 3).sampled(sampler));
    awaitClosed();

    ImageBlock wrong = SampleImages.choose(ALL, IntStream.range(0, EXAMPLES).toArray());
    wrong.labels()[900] = CLASSES;
    JavaRDD<ImageBlock> rdd =
        new BlockRdd(jsc(), files(), counted(write(wrong, false)), SHAPE, 3).sampled(sampler);
    SparkException e = assertThrows(SparkException.class, () -> collect(rdd));
    assertTrue(e.getMessage().contains("labels must be below 10"), e.getMessage());
    awaitClosed();
  }

  /** A job has failed as soon as one task has: the others may still be ending. */
  private static void awaitClosed() throws InterruptedException, TimeoutException {
    OPEN.awaitAdvanceInterruptibly(OPEN.arrive(), 30, TimeUnit.SECONDS);
  }

  /** Clusters often choose Kryo, also where a program would rather not. */
  @Test
  void blocksTravelByKryo() {
    SerializerInstance kryo = new KryoSerializer(new SparkConf()).newInstance();
    ClassTag<ImageBlock> type = ClassTag$.MODULE$.apply(ImageBlock.class);
    assertSame(ALL, kryo.deserialize(kryo.serialize(ALL, type), type));
  }

  @Test
  void dataThatChangedSinceTheyWereCheckedAreRefused() throws IOException {
    Sampler sampler = new Sampler(EXAMPLES - 1, 2, 16, 4, true, 42, 128);
    SparkException e =
        assertThrows(SparkException.class, () -> collect(rdd(false, 2).sampled(sampler)));
    assertTrue(
        e.getMessage()
            .contains(
                "The data changed while they were read: there were 1002 images of [1, 28, 28], and"
                    + " now there are 1003 of [1, 28, 28]"),
        e.getMessage());
  }

  private BlockRdd rdd(boolean gzip, int readers) throws IOException {
    return new BlockRdd(jsc(), files(), source(ALL, gzip), SHAPE, readers);
  }

  private HadoopFiles files() {
    return new HadoopFiles(jsc().hadoopConfiguration());
  }

  private ImageSource source(ImageBlock block, boolean gzip) throws IOException {
    String base = write(block, gzip);
    return ImageSource.idx(base + ".images", base + ".labels", CLASSES);
  }

  private static ImageSource counted(String base) {
    return opener ->
        IdxImages.open(
            path -> {
              OPEN.register();
              return new FilterInputStream(opener.open(path)) {
                @Override
                public void close() throws IOException {
                  OPEN.arriveAndDeregister();
                  super.close();
                }
              };
            },
            base + ".images",
            base + ".labels",
            CLASSES);
  }

  private String write(ImageBlock block, boolean gzip) throws IOException {
    Path base = Files.createTempFile(folder, "sample", "");
    byte[] images = IdxBytes.images(block);
    Files.write(Path.of(base + ".images"), gzip ? IdxBytes.gzip(images) : images);
    Files.write(Path.of(base + ".labels"), IdxBytes.labels(block));
    return base.toString();
  }

  /** One block of each partition, in their order. */
  private static List<ImageBlock> collect(JavaRDD<ImageBlock> rdd) {
    List<List<ImageBlock>> partitions = rdd.glom().collect();
    assertTrue(partitions.stream().allMatch(partition -> partition.size() == 1));
    return partitions.stream().map(partition -> partition.get(0)).toList();
  }

  private static void assertSame(ImageBlock expected, ImageBlock actual) {
    assertEquals(expected.shape(), actual.shape());
    assertArrayEquals(expected.ids(), actual.ids());
    assertArrayEquals(expected.labels(), actual.labels());
    assertArrayEquals(expected.pixels(), actual.pixels());
  }
}

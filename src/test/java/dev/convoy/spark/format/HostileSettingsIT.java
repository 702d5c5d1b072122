package dev.convoy.spark.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.config.data.Cifar10;
import dev.convoy.config.data.DataSource;
import dev.convoy.config.data.Fail;
import dev.convoy.config.data.Images;
import dev.convoy.config.data.Pack;
import dev.convoy.config.data.Parquet;
import dev.convoy.config.data.Paths;
import dev.convoy.config.data.Sequencefile;
import dev.convoy.data.ClassLabels;
import dev.convoy.data.PixelOrder;
import dev.convoy.image.DataException;
import dev.convoy.image.ImageBlock;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.format.pack.PackFolder;
import dev.convoy.spark.pack.PackJob;
import dev.convoy.spark.pack.PackSource;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.DataFiles;
import dev.convoy.testing.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.PathFilter;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster whose defaults are as harmful as they can be: the data are the same. */
class HostileSettingsIT {
  private static final List<String> CLASSES = List.of("bird", "cat", "dog");

  /** Of one class, so that folders keep the order. */
  private static final ImageBlock ALL = ofOneClass();

  private static final Map<String, String> HOSTILE =
      Map.ofEntries(
          Map.entry("spark.sql.files.ignoreCorruptFiles", "true"),
          Map.entry("spark.sql.files.ignoreMissingFiles", "true"),
          Map.entry("spark.files.ignoreCorruptFiles", "true"),
          Map.entry("spark.files.ignoreMissingFiles", "true"),
          Map.entry("spark.sql.parquet.binaryAsString", "true"),
          Map.entry("spark.sql.parquet.int96AsTimestamp", "false"),
          Map.entry("spark.sql.parquet.mergeSchema", "true"),
          Map.entry("spark.sql.parquet.filterPushdown", "false"),
          Map.entry("spark.sql.parquet.fieldId.read.enabled", "true"),
          Map.entry("spark.sql.parquet.enableVectorizedReader", "false"),
          Map.entry("spark.sql.parquet.enableNestedColumnVectorizedReader", "false"),
          Map.entry("spark.sql.parquet.columnarReaderBatchSize", "1"),
          Map.entry("spark.sql.sources.useV1SourceList", ""),
          Map.entry("spark.sql.caseSensitive", "false"),
          Map.entry("spark.sql.session.timeZone", "Asia/Tokyo"),
          Map.entry("spark.sql.ansi.enabled", "true"),
          Map.entry("spark.sql.files.maxPartitionBytes", "1000"),
          Map.entry("spark.sql.files.openCostInBytes", "1"),
          Map.entry("spark.sql.files.minPartitionNum", "50"),
          Map.entry("spark.sql.files.maxPartitionNum", "1"),
          Map.entry("spark.default.parallelism", "1"),
          Map.entry("spark.hadoop.io.skip.checksum.errors", "true"),
          Map.entry("spark.hadoop.io.seqfile.lazydecompress", "false"),
          Map.entry("spark.hadoop.mapreduce.input.fileinputformat.input.dir.recursive", "true"),
          Map.entry("spark.hadoop.mapreduce.input.fileinputformat.split.maxsize", "100"));

  @TempDir private static Path folder;
  private static JavaSparkContext spark;

  @BeforeAll
  static void startSpark() {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("hostile settings")
            .set("spark.ui.enabled", "false");
    HOSTILE.forEach(conf::set);
    spark = new JavaSparkContext(conf);
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  /** Passes over the second half of the data. */
  public static final class WithoutSecond implements PathFilter {
    @Override
    public boolean accept(org.apache.hadoop.fs.Path path) {
      return !path.getName().startsWith("b.");
    }
  }

  @Test
  void theDataAreTheSame() throws IOException {
    Files.write(folder.resolve("batch.bin"), DataFiles.cifar10(ALL));
    DataFiles.folders(ALL, CLASSES, folder.resolve("pictures"));
    StringBuilder list = new StringBuilder("path,label\n");
    for (int i = 0; i < ALL.size(); i++) {
      list.append("pictures/cat/%s,cat\n".formatted(DataFiles.name(i)));
    }
    Files.writeString(folder.resolve("list.csv"), list);
    DataFiles.parquetOfPictures(ALL, CLASSES, folder.resolve("pictures.parquet"), Map.of());
    DataFiles.parquetOfBytes(ALL, folder.resolve("bytes.parquet"));
    DataFiles.parquetOfArrays(ALL, folder.resolve("arrays.parquet"));
    DataFiles.sequence(ALL, CLASSES, folder.resolve("sequence"), CompressionType.BLOCK);
    pack();
    String expected = fingerprint(new Cifar10(Paths.of(path("batch.bin")), null));
    Shape shape = ALL.shape();
    for (DataSource source :
        List.of(
            new Images(path("pictures"), null),
            new Images(null, path("list.csv")),
            parquet("pictures.parquet"),
            new Parquet(Paths.of(path("bytes.parquet")), null, null, shape, null),
            new Parquet(
                Paths.of(path("arrays.parquet")), null, null, shape, PixelOrder.CHANNELS_LAST),
            new Sequencefile(Paths.of(path("sequence")), null),
            new Pack(path("pack")))) {
      assertEquals(expected, fingerprint(source), source::toString);
    }
  }

  @Test
  void damagedAndMissingFilesAreRefusedAndRowsAreCounted() throws IOException {
    Path two = Files.createDirectories(folder.resolve("two"));
    DataFiles.parquetOfPictures(ALL, CLASSES, two.resolve("a.parquet"), Map.of());
    DataFiles.parquetOfPictures(ALL, CLASSES, two.resolve("b.parquet"), Map.of());
    FoundImages found = find(parquet("two"));
    spark
        .hadoopConfiguration()
        .setClass("mapreduce.input.pathFilter.class", WithoutSecond.class, PathFilter.class);
    assertEquals(
        path("two") + ": must hold 40 pictures, as the files say at their ends, but 20 were read",
        refused(found));
    spark.hadoopConfiguration().unset("mapreduce.input.pathFilter.class");
    byte[] bytes = Files.readAllBytes(two.resolve("b.parquet"));
    byte[] damaged = bytes.clone();
    Arrays.fill(damaged, 4, 200, (byte) 0xFF);
    Files.delete(two.resolve(".b.parquet.crc"));
    Files.write(two.resolve("b.parquet"), damaged);
    String message = refused(found);
    assertTrue(message.contains("must be whole, but is damaged"), message);
    Files.delete(two.resolve("b.parquet"));
    assertEquals(two.resolve("b.parquet") + ": file not found", refused(found));
  }

  private static String refused(FoundImages found) {
    return assertThrows(DataException.class, () -> found.read(() -> spark, request())).getMessage();
  }

  private static void pack() throws IOException {
    PackSource source = PackSource.find(files(), new Images(path("pictures"), null));
    PackFolder pack = new PackFolder(files(), path("pack"));
    PackJob job = new PackJob(files(), source, pack, 1, 3, null, new Fail());
    job.claim(false);
    job.run(spark, (done, all) -> {});
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static Parquet parquet(String name) {
    return new Parquet(Paths.of(path(name)), null, null, null, null);
  }

  private static HadoopFiles files() {
    return new HadoopFiles(spark.hadoopConfiguration());
  }

  private static FoundImages find(DataSource source) throws IOException {
    return FoundImages.find(source, files(), true);
  }

  private static ImageRequest request() {
    return new ImageRequest(
        ALL.shape(), List.of(), new ClassLabels(CLASSES), new SoftmaxCrossEntropy(), new Fail());
  }

  private static String fingerprint(DataSource source) throws IOException {
    ReadImages read = find(source).read(() -> spark, request());
    return read.summary().fingerprint();
  }

  private static ImageBlock ofOneClass() {
    ImageBlock all = SampleImages.random(20, Shape.of(3, 32, 32), 3, 5);
    Arrays.fill(all.labels(), 1);
    return all;
  }
}

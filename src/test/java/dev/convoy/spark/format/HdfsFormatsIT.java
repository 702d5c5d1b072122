package dev.convoy.spark.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.config.data.Cifar10;
import dev.convoy.config.data.DataSource;
import dev.convoy.config.data.Fail;
import dev.convoy.config.data.Images;
import dev.convoy.config.data.Parquet;
import dev.convoy.config.data.Paths;
import dev.convoy.config.data.Sequencefile;
import dev.convoy.data.ClassLabels;
import dev.convoy.image.ImageBlock;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.DataFiles;
import dev.convoy.testing.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every format on a real HDFS, which is the default file system as well. */
class HdfsFormatsIT {
  private static final List<String> CLASSES = List.of("bird", "cat", "dog");

  /** Of one class: so that folders keep the order. */
  private static final ImageBlock ALL = ofOneClass();

  @TempDir private Path folder;

  @Test
  void formatsOnHdfsHoldTheSameImagesAsOnADisk() throws IOException {
    Path data = folder.resolve("some data");
    DataFiles.folders(ALL, CLASSES, data.resolve("pictures"));
    Files.write(data.resolve("batch.bin"), DataFiles.cifar10(ALL));
    DataFiles.parquetOfPictures(ALL, CLASSES, data.resolve("a [b].parquet"), Map.of());
    DataFiles.sequence(ALL, CLASSES, data.resolve("sequence"), CompressionType.BLOCK);
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    MiniDFSCluster hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    try {
      hdfs.waitActive();
      FileSystem system = hdfs.getFileSystem();
      org.apache.hadoop.fs.Path from = new org.apache.hadoop.fs.Path(data.toUri());
      system.copyFromLocalFile(from, new org.apache.hadoop.fs.Path("/data"));
      SparkConf conf =
          new SparkConf()
              .setMaster("local[2]")
              .setAppName("formats on HDFS")
              .set("spark.ui.enabled", "false")
              .set("spark.hadoop.fs.defaultFS", hdfs.getURI().toString());
      try (JavaSparkContext spark = new JavaSparkContext(conf)) {
        String expected =
            fingerprint(spark, new Cifar10(Paths.of("file://" + data + "/batch.bin"), null));
        for (DataSource source : sources("/data")) {
          assertEquals(expected, fingerprint(spark, source), source::toString);
        }
        for (DataSource source : sources(hdfs.getURI() + "/data")) {
          assertEquals(expected, fingerprint(spark, source), source::toString);
        }
      }
    } finally {
      hdfs.shutdown();
    }
  }

  private static List<DataSource> sources(String data) {
    return List.of(
        new Images(data + "/pictures", null),
        new Cifar10(Paths.of(data), null),
        new Parquet(Paths.of(data + "/a [b].parquet"), null, null, null, null),
        new Sequencefile(Paths.of(data + "/sequence"), null));
  }

  private static String fingerprint(JavaSparkContext spark, DataSource source) throws IOException {
    HadoopFiles files = new HadoopFiles(spark.hadoopConfiguration());
    ImageRequest request =
        new ImageRequest(
            ALL.shape(),
            List.of(),
            new ClassLabels(CLASSES),
            new SoftmaxCrossEntropy(),
            new Fail());
    ReadImages read = FoundImages.find(source, files, true).read(() -> spark, request);
    assertEquals(List.of(0, ALL.size(), 0), read.summary().perClass());
    return read.summary().fingerprint();
  }

  private static ImageBlock ofOneClass() {
    ImageBlock all = SampleImages.random(20, Shape.of(3, 32, 32), 3, 5);
    Arrays.fill(all.labels(), 1);
    return all;
  }
}

package dev.convoy.spark.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.config.data.DataSource;
import dev.convoy.config.data.Images;
import dev.convoy.config.data.Parquet;
import dev.convoy.config.data.Paths;
import dev.convoy.config.data.Skip;
import dev.convoy.data.ClassLabels;
import dev.convoy.image.DataException;
import dev.convoy.image.ImageBlock;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.spark.SparkSettings;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.DataFiles;
import dev.convoy.testing.SampleImages;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An executor whose locale can't spell what the driver found: that is said, and no picture counts
 * as bad, or is left out.
 */
class ExecutorLocaleIT {
  private static final List<String> CLASSES = List.of("cat", "k\u00e4fer");
  private static final ImageBlock ALL = SampleImages.random(8, Shape.of(3, 8, 8), 2, 5);

  @TempDir private Path folder;

  @Test
  void aNameThatAnExecutorCannotSpellIsRefused() throws IOException {
    assertEquals("UTF-8", System.getProperty("sun.jnu.encoding"), "of the tests' own JVM");
    DataFiles.folders(ALL, CLASSES, Files.createDirectory(folder.resolve("pictures")));
    DataFiles.parquetOfBytes(ALL, folder.resolve("k\u00e4fer.parquet"));
    SparkConf conf =
        new SparkConf()
            .setMaster("local-cluster[1,1,1024]")
            .setAppName("locale")
            .set("spark.ui.enabled", "false")
            .set("spark.executorEnv.LC_ALL", "C")
            .set(
                "spark.executor.extraClassPath",
                place(Shape.class) + File.pathSeparator + place(DataFiles.class))
            .set("spark.executor.extraJavaOptions", "--add-modules=jdk.incubator.vector");
    try (JavaSparkContext spark = new JavaSparkContext(SparkSettings.apply(conf))) {
      assertRefused(spark, Images.of(folder.resolve("pictures").toString()));
      assertRefused(
          spark,
          new Parquet(
              Paths.of(folder.resolve("k\u00e4fer.parquet").toString()),
              null,
              null,
              ALL.shape(),
              null));
    }
  }

  private static void assertRefused(JavaSparkContext spark, DataSource source) throws IOException {
    ImageRequest request =
        new ImageRequest(
            ALL.shape(),
            List.of(),
            new ClassLabels(CLASSES),
            new SoftmaxCrossEntropy(),
            new Skip(1.0));
    FoundImages found =
        FoundImages.find(source, new HadoopFiles(spark.hadoopConfiguration()), true);
    DataException e = assertThrows(DataException.class, () -> found.read(() -> spark, request));
    assertTrue(
        e.getMessage().contains("the name can't be spelt in the encoding of the locale, US-ASCII"),
        e::getMessage);
  }

  private static String place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}

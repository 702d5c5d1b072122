package dev.convoy.run;

import dev.convoy.api.PublicApi;
import dev.convoy.data.DataSummary;
import dev.convoy.loss.Task;
import dev.convoy.report.Numbers;
import dev.convoy.report.TextTable;
import dev.convoy.spark.block.CacheSpace;
import dev.convoy.spark.format.ReadImages;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * What the data of a training are, once they are read and checked.
 *
 * @param classNames one an output
 * @param examples that an epoch uses, some images several times where small classes are made up for
 * @param training what a pass over the training data found
 * @param trainingBytes that blocks keep of the training images
 * @param filesAreLarger whether these are files that are larger than their pixels
 * @param test what a pass over the test data found; absent without test data
 * @param testBytes that blocks keep of the test images; 0 without
 * @param cacheBytes that Spark has for blocks in memory
 */
@PublicApi
public record DataReport(
    List<String> classNames,
    long examples,
    DataSummary training,
    long trainingBytes,
    boolean filesAreLarger,
    @Nullable DataSummary test,
    long testBytes,
    long cacheBytes) {
  private static final double MEBIBYTE = 1 << 20;

  /** Classes that are listed one by one. */
  private static final int LISTED = 20;

  /** Returns the report of these data, where Spark has as much memory as this one. */
  static DataReport of(TrainingInput input, JavaSparkContext spark) {
    return of(input, CacheSpace.bytes(spark));
  }

  static DataReport of(TrainingInput input, long cacheBytes) {
    DataSummary training = input.training();
    DataSummary test = input.test();
    ReadImages testImages = input.images().test();
    long examples = input.plan().sampler().examples();
    long pixels = (long) training.count() * training.exampleBytes();
    return new DataReport(
        input.classNames(),
        examples,
        training,
        bytes(input.images().training(), examples),
        input.images().training().imageBytes() > pixels,
        test,
        testImages == null ? 0 : bytes(testImages, testImages.summary().count()),
        cacheBytes);
  }

  /** Returns the report as lines for a person. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (training.task() == Task.CLASSIFICATION) {
      lines.addAll(classes(classNames, training, test));
    }
    String text = "Training on " + images(examples, trainingBytes);
    if (test != null) {
      text += ", testing on " + images(test.count(), testBytes);
    }
    double share = Math.min(1, cacheBytes / (double) (trainingBytes + testBytes));
    String cached =
        share == 1
            ? "all fit into"
            : String.format(
                Locale.ROOT, "%.0f%% fit into, and disks hold the rest of,", share * 100);
    lines.add(
        String.format(
            Locale.ROOT, "%s: %s %,.0f MiB of cache", text, cached, cacheBytes / MEBIBYTE));
    if (filesAreLarger) {
      lines.add(
          String.format(
              Locale.ROOT,
              "Their files are larger than the %,.1f MiB of their pixels: data.cache: decoded would"
                  + " take less",
              examples * training.exampleBytes() / MEBIBYTE));
    }
    return lines;
  }

  /** What blocks keep of images that are used so often. */
  private static long bytes(ReadImages images, long uses) {
    return Math.round((double) images.imageBytes() * uses / images.summary().count());
  }

  private static String images(long count, long bytes) {
    return String.format(Locale.ROOT, "%,d images (%,.1f MiB)", count, bytes / MEBIBYTE);
  }

  private static List<String> classes(
      List<String> names, DataSummary training, @Nullable DataSummary test) {
    List<Integer> perClass = training.perClass();
    if (names.size() > LISTED) {
      return List.of(
          String.format(
              Locale.ROOT,
              "%,d classes of %,d to %,d training images each",
              names.size(),
              Collections.min(perClass),
              Collections.max(perClass)));
    }
    TextTable table =
        test == null
            ? new TextTable("<class", "training")
            : new TextTable("<class", "training", "test");
    for (int c = 0; c < names.size(); c++) {
      row(table, names.get(c), perClass.get(c), test == null ? null : test.perClass().get(c));
    }
    row(table, "all", training.count(), test == null ? null : test.count());
    List<String> lines = new ArrayList<>(table.lines());
    lines.add("");
    return lines;
  }

  private static void row(TextTable table, String name, int training, @Nullable Integer test) {
    if (test == null) {
      table.row(name, Numbers.count(training));
    } else {
      table.row(name, Numbers.count(training), Numbers.count(test));
    }
  }
}

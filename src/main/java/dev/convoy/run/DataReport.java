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
import java.util.stream.Stream;
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
 * @param validation what a pass over the validation data found; absent without validation data
 * @param validationBytes that blocks keep of the validation images; 0 without
 * @param test what a pass over the test data found; absent without test data
 * @param testBytes that blocks keep of the test images; 0 without, and where validation data leave
 *     them for the end
 * @param cacheBytes that Spark has for blocks in memory
 */
@PublicApi
public record DataReport(
    List<String> classNames,
    long examples,
    DataSummary training,
    long trainingBytes,
    boolean filesAreLarger,
    @Nullable DataSummary validation,
    long validationBytes,
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
    long examples = input.plan().sampler().examples();
    long pixels = (long) training.count() * training.exampleBytes();
    return new DataReport(
        input.classNames(),
        examples,
        training,
        bytes(input.images().training(), examples),
        input.images().training().imageBytes() > pixels,
        input.validation(),
        bytes(input.images().validation()),
        input.test(),
        input.validation() == null ? bytes(input.images().test()) : 0,
        cacheBytes);
  }

  /** Returns the report as lines for a person. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (training.task() == Task.CLASSIFICATION) {
      lines.addAll(classes());
    }
    String text = "Training on " + images(examples, trainingBytes);
    if (validation != null) {
      text += ", validating on " + images(validation.count(), validationBytes);
    }
    if (test != null && validation == null) {
      text += ", testing on " + images(test.count(), testBytes);
    } else if (test != null) {
      text += String.format(Locale.ROOT, ", testing at the end on %,d", test.count());
    }
    double share = Math.min(1, cacheBytes / (double) (trainingBytes + validationBytes + testBytes));
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

  private static long bytes(@Nullable ReadImages images) {
    return images == null ? 0 : bytes(images, images.summary().count());
  }

  /** What blocks keep of images that are used so often. */
  private static long bytes(ReadImages images, long uses) {
    return Math.round((double) images.imageBytes() * uses / images.summary().count());
  }

  private static String images(long count, long bytes) {
    return String.format(Locale.ROOT, "%,d images (%,.1f MiB)", count, bytes / MEBIBYTE);
  }

  private List<String> classes() {
    List<Integer> perClass = training.perClass();
    if (classNames.size() > LISTED) {
      return List.of(
          String.format(
              Locale.ROOT,
              "%,d classes of %,d to %,d training images each",
              classNames.size(),
              Collections.min(perClass),
              Collections.max(perClass)));
    }
    List<String> columns = new ArrayList<>(List.of("<class", "training"));
    List<DataSummary> sides = new ArrayList<>(List.of(training));
    if (validation != null) {
      columns.add("validation");
      sides.add(validation);
    }
    if (test != null) {
      columns.add("test");
      sides.add(test);
    }
    TextTable table = new TextTable(columns.toArray(String[]::new));
    for (int c = 0; c < classNames.size(); c++) {
      int ofClass = c;
      row(table, classNames.get(c), sides.stream().map(side -> side.perClass().get(ofClass)));
    }
    row(table, "all", sides.stream().map(DataSummary::count));
    List<String> lines = new ArrayList<>(table.lines());
    lines.add("");
    return lines;
  }

  private static void row(TextTable table, String name, Stream<Integer> counts) {
    table.row(Stream.concat(Stream.of(name), counts.map(Numbers::count)).toArray(String[]::new));
  }
}

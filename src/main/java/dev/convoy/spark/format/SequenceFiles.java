package dev.convoy.spark.format;

import dev.convoy.config.data.Sequencefile;
import dev.convoy.data.ClassLabels;
import dev.convoy.image.Preparation;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.file.PathList;
import dev.convoy.spark.file.TaskFiles;
import dev.convoy.spark.job.Transport;
import dev.convoy.spark.portion.Portions;
import dev.convoy.spark.portion.StreamPortions;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Hadoop sequence files. Records start wherever they start, so that how many a stretch of a file
 * holds shows when it is read: each stretch that a task reads is a part.
 */
record SequenceFiles(HadoopFiles files, Sequencefile source, List<String> paths, long[] lengths)
    implements FoundImages {
  /** A shorter stretch is not worth a task. */
  private static final long LEAST_BYTES = 1 << 20;

  static SequenceFiles find(HadoopFiles files, Sequencefile source, boolean labelled)
      throws IOException {
    List<String> paths = PathList.expand(files, source.path(), name -> true, "sequence files");
    long[] lengths = new long[paths.size()];
    for (int i = 0; i < lengths.length; i++) {
      SequenceRecords.checkHeader(files, paths.get(i));
      lengths[i] = files.length(paths.get(i));
    }
    return new SequenceFiles(files, source, paths, lengths);
  }

  /** Bytes of a file whose records one task reads: those that start in it. */
  private record Stretch(int part, String path, long from, long end) implements Serializable {}

  @Override
  public ReadImages read(Supplier<JavaSparkContext> spark, ImageRequest request) {
    JavaSparkContext context = spark.get();
    List<Stretch> stretches = stretches(context.defaultParallelism());
    HadoopFiles files = this.files;
    String pattern = source.labelPattern();
    ClassLabels classes = request.classes();
    Preparation preparation = request.preparation();
    boolean encoded = request.encoded();
    return ReadImages.of(
        context,
        Transport.parallelize(context, stretches, stretches.size())
            .flatMap(
                stretch -> {
                  SequenceRecords records =
                      TaskFiles.closing(
                          new SequenceRecords(
                              files,
                              stretch.path(),
                              stretch.from(),
                              stretch.end(),
                              new SequenceLabels(pattern, classes),
                              preparation));
                  return new Portions(
                      Portions.located(stretch.part(), 0, records), preparation, encoded);
                }),
        request);
  }

  private List<Stretch> stretches(int cores) {
    long total = 0;
    for (long length : lengths) {
      total += length;
    }
    long fair = Math.max(LEAST_BYTES, (total + cores - 1) / cores);
    long atMost = Math.min(StreamPortions.TASK_BYTES, fair);
    List<Stretch> stretches = new ArrayList<>();
    for (int i = 0; i < lengths.length; i++) {
      for (long from = 0; from < lengths[i]; from += atMost) {
        long end = Math.min(lengths[i], from + atMost);
        stretches.add(new Stretch(stretches.size(), paths.get(i), from, end));
      }
    }
    return stretches;
  }

  @Override
  public ImageName name(int id) {
    return new ImageName(source.path().toString(), id);
  }
}

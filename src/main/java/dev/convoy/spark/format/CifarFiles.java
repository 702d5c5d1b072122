package dev.convoy.spark.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.convoy.config.data.Cifar10;
import dev.convoy.config.data.Cifar100;
import dev.convoy.config.data.CifarLabels;
import dev.convoy.config.data.CifarSplit;
import dev.convoy.config.data.Paths;
import dev.convoy.data.CifarKind;
import dev.convoy.data.CifarRecords;
import dev.convoy.data.ClassLabels;
import dev.convoy.image.DataException;
import dev.convoy.image.Preparation;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.file.PathList;
import dev.convoy.spark.file.TaskFiles;
import dev.convoy.spark.job.Transport;
import dev.convoy.spark.portion.Portions;
import dev.convoy.spark.portion.StreamPortions;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** CIFAR's binary files: each is a part, whose records tasks share. */
record CifarFiles(
    HadoopFiles files,
    CifarKind kind,
    List<String> paths,
    int[] counts,
    @Nullable List<String> names)
    implements FoundImages {
  /** A file of names that is longer is none. */
  private static final int MAX_NAMES_BYTES = 1 << 16;

  static CifarFiles find(HadoopFiles files, Cifar10 cifar, boolean labelled) throws IOException {
    return find(files, CifarKind.CIFAR10, cifar.path(), cifar.split());
  }

  static CifarFiles find(HadoopFiles files, Cifar100 cifar, boolean labelled) throws IOException {
    CifarKind kind =
        cifar.labels() == CifarLabels.FINE ? CifarKind.CIFAR100_FINE : CifarKind.CIFAR100_COARSE;
    return find(files, kind, cifar.path(), cifar.split());
  }

  private static CifarFiles find(
      HadoopFiles files, CifarKind kind, Paths path, @Nullable CifarSplit split)
      throws IOException {
    List<String> paths =
        PathList.expand(
            files,
            path,
            name -> name.endsWith(".bin") && (split == null || split == splitOf(name)),
            "binary files of " + kind.title() + (split == null ? "" : " of this split"));
    checkSplit(path, paths);
    int[] counts = new int[paths.size()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = CifarRecords.count(kind, paths.get(i), files.length(paths.get(i)));
    }
    return new CifarFiles(files, kind, paths, counts, readNames(files, kind, paths.get(0)));
  }

  private static CifarSplit splitOf(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.startsWith("test") ? CifarSplit.TEST : CifarSplit.TRAIN;
  }

  /** A folder as it is downloaded holds both: to train on test images must not be so easy. */
  private static void checkSplit(Paths path, List<String> paths) {
    boolean isFolder = !paths.equals(path.list());
    if (isFolder && paths.stream().map(CifarFiles::splitOf).distinct().count() > 1) {
      throw new DataException(
          path
              + ": holds files to train and to test on: split must be train or test, but is absent");
    }
  }

  private static @Nullable List<String> readNames(HadoopFiles files, CifarKind kind, String first)
      throws IOException {
    String path = first.substring(0, first.lastIndexOf('/') + 1) + kind.namesFile();
    if (!files.exists(path)) {
      return null;
    }
    try (InputStream in = files.open(path)) {
      String text = new String(in.readNBytes(MAX_NAMES_BYTES), UTF_8);
      return text.lines().map(String::strip).filter(name -> !name.isEmpty()).toList();
    }
  }

  @Override
  public @Nullable List<String> classNames(int outputs) {
    return names;
  }

  /** Records of a file that one task reads. */
  private record Range(int part, String path, int from, int end) implements Serializable {}

  @Override
  public ReadImages read(Supplier<JavaSparkContext> spark, ImageRequest request) {
    JavaSparkContext context = spark.get();
    List<Range> ranges = ranges(context.defaultParallelism());
    HadoopFiles files = this.files;
    CifarKind kind = this.kind;
    ClassLabels classes = request.classes();
    Preparation preparation = request.preparation();
    boolean encoded = request.encoded();
    return ReadImages.of(
        context,
        Transport.parallelize(context, ranges, ranges.size())
            .flatMap(
                range -> {
                  InputStream in = TaskFiles.closing(files.open(range.path()));
                  CifarRecords records =
                      new CifarRecords(
                          in, range.path(), kind, classes, preparation, range.from(), range.end());
                  return new Portions(
                      Portions.located(range.part(), range.from(), records), preparation, encoded);
                }),
        request);
  }

  private List<Range> ranges(int cores) {
    long total = 0;
    for (int count : counts) {
      total += count;
    }
    int most = (int) (StreamPortions.TASK_BYTES / kind.recordBytes());
    int atMost = (int) Math.max(1, Math.min(most, (total + cores - 1) / cores));
    List<Range> ranges = new ArrayList<>();
    for (int part = 0; part < counts.length; part++) {
      for (int from = 0; from < counts[part]; from += atMost) {
        int end = (int) Math.min(counts[part], (long) from + atMost);
        ranges.add(new Range(part, paths.get(part), from, end));
      }
    }
    return ranges;
  }

  @Override
  public ImageName name(int id) {
    int rest = id;
    for (int part = 0; part < counts.length; part++) {
      if (rest < counts[part]) {
        return new ImageName(paths.get(part), rest);
      }
      rest -= counts[part];
    }
    throw new IllegalArgumentException("There is no record " + id);
  }
}

package dev.convoy.spark.format;

import dev.convoy.config.data.Images;
import dev.convoy.data.ClassFolders;
import dev.convoy.data.ClassLabels;
import dev.convoy.data.ColumnTargets;
import dev.convoy.data.EncodedExample;
import dev.convoy.data.PictureEntry;
import dev.convoy.data.PictureList;
import dev.convoy.data.PictureNames;
import dev.convoy.data.RawExample;
import dev.convoy.data.TargetColumns;
import dev.convoy.image.DataException;
import dev.convoy.image.ImageDecoder;
import dev.convoy.image.Preparation;
import dev.convoy.image.Target;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.file.LinkCheck;
import dev.convoy.spark.job.Transport;
import dev.convoy.spark.portion.Portions;
import dev.convoy.tensor.Check;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Picture files, in the order of their paths or of a list: all one part, of which tasks take runs.
 */
public final class PictureFiles implements FoundImages {
  /** Pictures of a task, where there are many: some seconds' work. */
  private static final int TASK_PICTURES = 4096;

  /** Tasks of a core, where there are few: so that none waits long for the slowest. */
  private static final int TASKS_A_CORE = 4;

  private final HadoopFiles files;
  private final String folder;
  private final List<PictureEntry> entries;

  /** Absent where a list gives labels: how many outputs there are decides. */
  private final @Nullable List<String> classes;

  /** Absent where folders give labels. */
  private final @Nullable String list;

  private final TargetColumns columns;
  private final int others;
  private final boolean followsLinks;

  private PictureFiles(
      HadoopFiles files,
      String folder,
      List<PictureEntry> entries,
      @Nullable List<String> classes,
      @Nullable String list,
      TargetColumns columns,
      int others,
      boolean followsLinks) {
    this.files = files;
    this.folder = folder.isEmpty() || folder.endsWith("/") ? folder : folder + "/";
    this.entries = entries;
    this.classes = classes;
    this.list = list;
    this.columns = columns;
    this.others = others;
    this.followsLinks = followsLinks;
  }

  public static PictureFiles find(HadoopFiles files, Images images, boolean labelled)
      throws IOException {
    if (images.path() != null && !files.isFolder(images.path())) {
      String found = files.exists(images.path()) ? "is a file" : "is not there";
      throw new DataException(images.path() + ": must be a folder of pictures, but " + found);
    } else if (images.list() != null) {
      return ofList(files, images.list(), images, labelled);
    }
    String folder = Check.present(images.path(), "Images.path");
    List<String> all = files.filesBelow(folder, images.followLinks());
    if (labelled) {
      ClassFolders found = ClassFolders.of(folder, all, files.folders(folder));
      return new PictureFiles(
          files,
          folder,
          found.pictures(),
          found.classes(),
          null,
          TargetColumns.CLASSES,
          found.others(),
          images.followLinks());
    }
    List<PictureEntry> pictures =
        all.stream()
            .filter(PictureNames::isPicture)
            .map(path -> new PictureEntry(path, null))
            .toList();
    if (pictures.isEmpty()) {
      throw new DataException(
          folder + ": must hold pictures (" + PictureNames.ENDS + "), but holds none");
    }
    return new PictureFiles(
        files,
        folder,
        pictures,
        null,
        null,
        TargetColumns.CLASSES,
        all.size() - pictures.size(),
        images.followLinks());
  }

  private static PictureFiles ofList(
      HadoopFiles files, String list, Images images, boolean labelled) throws IOException {
    int slash = list.lastIndexOf('/');
    String beside = slash < 0 ? "." : list.substring(0, Math.max(1, slash));
    String folder = images.path() == null ? beside : images.path();
    List<PictureEntry> entries;
    try (InputStream in = new BufferedInputStream(files.open(list))) {
      entries = PictureList.read(in, list, labelled ? images.targetColumns() : null);
    }
    LinkCheck links = files.links(folder, images.followLinks());
    for (PictureEntry entry : entries) {
      links.check(entry.path());
    }
    return new PictureFiles(
        files, folder, entries, null, list, images.targetColumns(), 0, images.followLinks());
  }

  /** Returns picture files that were found already, without labels, in the order given. */
  public static PictureFiles of(HadoopFiles files, List<String> paths) {
    List<PictureEntry> entries = paths.stream().map(path -> new PictureEntry(path, null)).toList();
    return new PictureFiles(files, "", entries, null, null, TargetColumns.CLASSES, 0, true);
  }

  /** Returns the folder of all pictures, with a slash at its end. */
  public String folder() {
    return folder;
  }

  /** Returns the bytes of all files below the folder, by their paths. */
  public Map<String, Long> lengths() throws IOException {
    return files.lengthsBelow(folder, followsLinks);
  }

  /** The pictures, in their order. */
  public List<PictureEntry> entries() {
    return entries;
  }

  /** Returns the names of the classes, whatever the number of outputs. */
  public List<String> classNames() {
    return classes == null ? PictureList.classes(entries) : classes;
  }

  @Override
  public @Nullable List<String> classNames(int outputs) {
    if (columns.areVectors()) {
      return columns.outputNames(outputs);
    }
    return classes == null ? PictureList.classes(entries, outputs) : classes;
  }

  @Override
  public List<String> remarks() {
    return others == 0
        ? List.of()
        : List.of(
            folder
                + ": "
                + others
                + " files were passed over, which are no pictures of a class"
                + " by their names.");
  }

  /** Pictures that one task decodes. */
  private record Run(int first, PictureEntry[] entries) implements Serializable {}

  @Override
  public ReadImages read(Supplier<JavaSparkContext> spark, ImageRequest request) {
    JavaSparkContext context = spark.get();
    List<Run> runs = runs(context.defaultParallelism());
    HadoopFiles files = this.files;
    String folder = this.folder;
    ClassLabels classes = request.classes();
    ColumnTargets targets =
        classes == null ? null : ColumnTargets.of(labelsName(), columns, classes, request.loss());
    Preparation preparation = request.preparation();
    boolean encoded = request.encoded();
    return ReadImages.of(
        context,
        Transport.parallelize(context, runs, runs.size())
            .flatMap(
                run -> {
                  ImageDecoder decoder = new ImageDecoder(preparation);
                  Iterator<RawExample> pictures =
                      Arrays.stream(run.entries())
                          .map(entry -> example(files, folder, entry, classes, targets, decoder))
                          .iterator();
                  return new Portions(
                      Portions.located(0, run.first(), pictures), preparation, encoded);
                }),
        request);
  }

  @Override
  public KeyedPictures keyed(
      Supplier<JavaSparkContext> spark, ImageRequest request, @Nullable List<String> keep) {
    StructType columns = new StructType().add("path", DataTypes.StringType, false);
    boolean named = PlacedPictures.chosen(columns, keep, "pictures in files").length == 1;
    JavaSparkContext context = spark.get();
    List<Run> runs = runs(context.defaultParallelism());
    HadoopFiles files = this.files;
    String folder = this.folder;
    Preparation preparation = request.preparation();
    return new KeyedPictures(
        FixedSession.of(context),
        named ? columns : new StructType(),
        Transport.parallelize(context, runs, runs.size())
            .flatMap(
                run -> {
                  ImageDecoder decoder = new ImageDecoder(preparation);
                  return Arrays.stream(run.entries())
                      .map(entry -> example(files, folder, entry, null, null, decoder))
                      .map(
                          example ->
                              new KeyedPicture(
                                  named ? RowFactory.create(example.name()) : RowFactory.create(),
                                  example))
                      .iterator();
                }),
        List.of());
  }

  private static RawExample example(
      HadoopFiles files,
      String folder,
      PictureEntry entry,
      @Nullable ClassLabels classes,
      @Nullable ColumnTargets targets,
      ImageDecoder decoder) {
    String path = folder + entry.path();
    try {
      // Not the picture is at fault where this machine has another locale.
      files.checkSpelling(path);
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": cannot be read: " + e.getMessage(), e);
    }
    return new EncodedExample(
        path,
        classes == null || targets == null ? null : () -> target(entry, classes, targets, path),
        EncodedExample.Content.of(files, path),
        decoder);
  }

  private static Target target(
      PictureEntry entry, ClassLabels classes, ColumnTargets targets, String path) {
    return targets.columns().areVectors()
        ? targets.target(null, entry.values(), path)
        : targets.ofClass(classes.number(entry, path), entry.values(), path);
  }

  private List<Run> runs(int cores) {
    int fair = (entries.size() + cores * TASKS_A_CORE - 1) / (cores * TASKS_A_CORE);
    int atMost = Math.min(TASK_PICTURES, fair);
    List<Run> runs = new ArrayList<>();
    for (int from = 0; from < entries.size(); from += atMost) {
      int end = Math.min(entries.size(), from + atMost);
      runs.add(new Run(from, entries.subList(from, end).toArray(PictureEntry[]::new)));
    }
    return runs;
  }

  @Override
  public String labelsName() {
    return list == null ? name(0).file() : list;
  }

  @Override
  public ImageName name(int id) {
    return new ImageName(folder + entries.get(id).path(), 0);
  }
}

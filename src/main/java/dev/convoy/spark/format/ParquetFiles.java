package dev.convoy.spark.format;

import dev.convoy.config.data.Parquet;
import dev.convoy.data.ColumnTargets;
import dev.convoy.data.PictureEntry;
import dev.convoy.data.PictureList;
import dev.convoy.data.TargetColumns;
import dev.convoy.image.DataException;
import dev.convoy.image.Preparation;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.file.ParquetFooter;
import dev.convoy.spark.file.PathList;
import dev.convoy.spark.portion.Portions;
import dev.convoy.tensor.Check;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Parquet files, read by Spark: each is a part, and a row's number in it the position, which Spark
 * tells whatever task reads the row.
 *
 * @param columns that are wanted of each
 * @param names that the files give classes; absent if they give none
 * @param folderLabels the label that a folder tells for each file; absent where a column does, or
 *     labels are not wanted
 * @param rows of all files, by their footers
 */
record ParquetFiles(
    HadoopFiles files,
    Parquet source,
    List<String> paths,
    ParquetColumns columns,
    @Nullable List<String> names,
    @Nullable List<PictureEntry> folderLabels,
    long rows)
    implements FoundImages {
  /** Characters of names that an error shows. */
  private static final int SHOWN = 120;

  /** Whether Spark takes brackets and stars in paths for patterns: its own, undocumented option. */
  private static final String PATTERNS = "__globPaths__";

  static FoundImages find(HadoopFiles files, Parquet source, boolean labelled) throws IOException {
    List<String> paths =
        PathList.expand(
            files, source.path(), name -> name.endsWith(".parquet"), "files that end in .parquet");
    TargetColumns wanted = labelled ? source.targetColumns() : null;
    String label = wanted == null ? null : wanted.label();
    Set<String> absolute = new HashSet<>();
    List<PictureEntry> folderLabels = null;
    ParquetColumns columns = null;
    ParquetFooter named = null;
    long rows = 0;
    for (String path : paths) {
      if (!absolute.add(files.absolute(path))) {
        throw new DataException(path + ": must be named once, but is twice");
      }
      String name = path.substring(path.lastIndexOf('/') + 1);
      if (name.startsWith(".") || name.startsWith("_")) {
        throw new DataException(
            path + ": must not start with a dot or an underscore, as Spark would pass it over");
      }
      ParquetFooter footer = ParquetFooter.read(files, path);
      footer.checkColumn("image", source.image());
      String folderLabel =
          label == null ? null : PartitionFolder.value(files.absolute(path), label);
      if (columns == null) {
        boolean byFolder = folderLabel != null && label != null && !footer.hasColumn(label);
        folderLabels = byFolder ? new ArrayList<>() : null;
        columns = chosen(source.image(), wanted, byFolder);
      }
      if (folderLabels != null && folderLabel != null) {
        folderLabels.add(new PictureEntry(path, folderLabel));
      } else if (label != null) {
        footer.checkColumn("label", label);
      }
      if (folderLabels != null && folderLabel == null) {
        throw new DataException(
            path + ": must lie in a folder " + label + "=..., as other files do, but does not");
      }
      if (wanted != null) {
        wanted.values().forEach(column -> footer.checkColumn(wanted.key(column), column));
      }
      columns.add(footer);
      for (String column : columns.names()) {
        footer.checkCodec(footer.column(column), files.configuration());
      }
      named = label == null ? null : named(named, footer, label);
      rows += footer.rows();
    }
    ParquetFiles found =
        new ParquetFiles(
            files,
            source,
            paths,
            Check.present(columns, "Parquet.path"),
            named == null || label == null ? null : named.classNames(label),
            folderLabels,
            rows);
    found.checkTypes(wanted);
    return found;
  }

  private static ParquetColumns chosen(
      String image, @Nullable TargetColumns wanted, boolean byFolder) {
    List<String> names = new ArrayList<>();
    names.add(image);
    if (wanted != null) {
      names.addAll(byFolder ? wanted.values() : wanted.all());
    }
    return new ParquetColumns(names);
  }

  /** Returns the first file that names classes, and refuses those that do otherwise. */
  private static @Nullable ParquetFooter named(
      @Nullable ParquetFooter first, ParquetFooter footer, String label) {
    List<String> names = footer.classNames(label);
    if (first == null || names == null) {
      return first == null && names != null ? footer : first;
    }
    List<String> others = first.classNames(label);
    if (!names.equals(others)) {
      throw new DataException(
          footer.path()
              + ": must give classes the same names as "
              + first.path()
              + ", "
              + shown(others)
              + ", but gives "
              + shown(names));
    }
    return first;
  }

  private static String shown(@Nullable List<String> names) {
    String all = String.valueOf(names);
    return all.length() > SHOWN ? all.substring(0, SHOWN) + "..." : all;
  }

  @Override
  public @Nullable List<String> classNames(int outputs) {
    if (source.targetColumns().areVectors()) {
      return source.targetColumns().outputNames(outputs);
    }
    return names == null && folderLabels != null
        ? PictureList.classes(
            folderLabels.stream().filter(ParquetFiles::hasLabel).toList(), outputs)
        : names;
  }

  private static boolean hasLabel(PictureEntry file) {
    return !PartitionFolder.NO_VALUE.equals(file.label());
  }

  @Override
  public ReadImages read(Supplier<JavaSparkContext> spark, ImageRequest request)
      throws IOException {
    JavaSparkContext context = spark.get();
    Map<String, Integer> parts = new HashMap<>();
    List<String> absolute = new ArrayList<>();
    for (String path : paths) {
      files.length(path); // it may be gone by now, which Spark would tell in many lines
      // As Spark writes the path in a row's metadata.
      parts.put(files.hadoopPath(path).toUri().toString(), parts.size());
      absolute.add(files.absolute(path));
    }
    ParquetTargets targets = targets(request);
    Preparation preparation = request.preparation();
    boolean encoded = request.encoded();
    List<String> shown = paths;
    Parquet source = this.source;
    return ReadImages.of(
        context,
        rows(context, columns, absolute)
            .toJavaRDD()
            .mapPartitions(
                rows ->
                    new Portions(
                        new ParquetRecords(rows, parts, shown, source, targets, preparation)
                            .located(),
                        preparation,
                        encoded)),
        request,
        source.path().toString(),
        rows);
  }

  @Override
  public KeyedPictures keyed(
      Supplier<JavaSparkContext> spark, ImageRequest request, @Nullable List<String> keep)
      throws IOException {
    Map<String, Integer> parts = new HashMap<>();
    List<String> absolute = new ArrayList<>();
    for (String path : paths) {
      files.length(path); // as in read
      parts.put(files.hadoopPath(path).toUri().toString(), parts.size());
      absolute.add(files.absolute(path));
    }
    Dataset<Row> all = allColumns(spark.get(), absolute);
    List<Column> chosen = recordColumns(columns);
    int before = chosen.size();
    List<String> picture = columns.path(source.image());
    chosen.addAll(KeptColumns.of(all.schema(), picture, keep, source.path().toString()));
    Dataset<Row> rows = all.select(chosen.toArray(Column[]::new));
    StructField[] fields = rows.schema().fields();
    Preparation preparation = request.preparation();
    List<String> shown = paths;
    Parquet source = this.source;
    return new KeyedPictures(
        rows.sparkSession(),
        new StructType(Arrays.copyOfRange(fields, before, fields.length)),
        rows.toJavaRDD()
            .mapPartitions(
                some ->
                    new ParquetRecords(some, parts, shown, source, null, preparation)
                        .keyed(before)),
        List.of());
  }

  /** Returns the rows of files with all their columns, those that folders tell among them. */
  private Dataset<Row> allColumns(JavaSparkContext context, List<String> absolute)
      throws IOException {
    DataFrameReader reader = reader(context).option("mergeSchema", true);
    List<String> given = source.path().list();
    if (given.size() == 1 && files.isFolder(given.get(0))) {
      reader.option("basePath", files.absolute(given.get(0)));
    }
    try {
      return reader.parquet(absolute.toArray(String[]::new));
    } catch (Exception e) { // among them checked ones that Scala need not declare
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new DataException(source.path() + ": Spark must know its columns, but " + why, e);
    }
  }

  private @Nullable ParquetTargets targets(ImageRequest request) {
    if (request.classes() == null) {
      return null;
    }
    ColumnTargets targets =
        ColumnTargets.of(
            source.path().toString(), source.targetColumns(), request.classes(), request.loss());
    return new ParquetTargets(
        new RowTargets(names == null ? targets : targets.withNames(names), ParquetRecords.TARGET),
        folderLabels == null
            ? null
            : folderLabels.stream()
                .map(file -> hasLabel(file) ? file.label() : null)
                .toArray(String[]::new));
  }

  /** Returns the rows of files: the file, the number in it, and the columns in their order. */
  static Dataset<Row> rows(
      JavaSparkContext context, ParquetColumns columns, List<String> absolute) {
    return reader(context)
        .schema(columns.schema())
        .parquet(absolute.toArray(String[]::new))
        .select(recordColumns(columns).toArray(Column[]::new));
  }

  /** Returns what records are made of, as Spark selects it. */
  private static List<Column> recordColumns(ParquetColumns columns) {
    List<Column> chosen = new ArrayList<>();
    chosen.add(functions.col("_metadata.file_path"));
    chosen.add(functions.col("_metadata.row_index"));
    columns.names().forEach(name -> chosen.add(columns.column(name)));
    return chosen;
  }

  private static DataFrameReader reader(JavaSparkContext context) {
    return FixedSession.of(context)
        .read()
        .option(PATTERNS, false)
        // Spark 3.5 asks the session around for these, whatever this one says.
        .option("ignoreCorruptFiles", false)
        .option("ignoreMissingFiles", false);
  }

  private void checkTypes(@Nullable TargetColumns wanted) {
    DataType image = columns.type(source.image());
    boolean isArray = image instanceof ArrayType;
    DataType item = image;
    while (item instanceof ArrayType array) {
      item = array.elementType();
    }
    boolean fits = image instanceof BinaryType || isArray && item instanceof IntegralType;
    if (!fits || isArray && source.shape() == null) {
      throw new DataException(
          source.path()
              + ": column "
              + source.image()
              + " must be binary, or arrays of whole numbers where shape is given, but is "
              + image.catalogString());
    }
    if (wanted != null) {
      RowTargets.checkTypes(
          source.path().toString(),
          folderLabels == null ? wanted : wanted.withoutLabel(),
          columns::type);
    }
  }

  @Override
  public ImageName name(int id) {
    return new ImageName(source.path().toString(), id);
  }
}

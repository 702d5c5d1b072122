package dev.convoy.spark.format;

import dev.convoy.config.data.Parquet;
import dev.convoy.data.ClassLabels;
import dev.convoy.image.DataException;
import dev.convoy.image.Preparation;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.file.ParquetFooter;
import dev.convoy.spark.file.PathList;
import dev.convoy.spark.portion.Portions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Parquet files, read by Spark: each is a part, and a row's number in it the position, which Spark
 * tells whatever task reads the row.
 */
record ParquetFiles(
    HadoopFiles files, Parquet source, List<String> paths, @Nullable List<String> names)
    implements FoundImages {
  /** Rows that are decoded at a time: Spark's own 4,096 pictures could take gigabytes. */
  private static final String BATCH_ROWS = "64";

  /** Whether Spark takes brackets and stars in paths for patterns: its own, undocumented option. */
  private static final String PATTERNS = "__globPaths__";

  static FoundImages find(HadoopFiles files, Parquet source, boolean labelled) throws IOException {
    List<String> paths =
        PathList.expand(
            files, source.path(), name -> name.endsWith(".parquet"), "files that end in .parquet");
    List<String> names = null;
    for (String path : paths) {
      ParquetFooter footer = ParquetFooter.read(files, path);
      footer.checkColumn("image", source.image());
      if (labelled) {
        footer.checkColumn("label", source.label());
      }
      names = path.equals(paths.get(0)) ? footer.classNames() : names;
    }
    return new ParquetFiles(files, source, paths, names);
  }

  @Override
  public @Nullable List<String> classNames(int outputs) {
    return names;
  }

  @Override
  public ReadImages read(Supplier<JavaSparkContext> spark, ImageRequest request)
      throws IOException {
    JavaSparkContext context = spark.get();
    Map<String, Integer> parts = new HashMap<>();
    List<String> absolute = new ArrayList<>();
    for (String path : paths) {
      // As Spark writes the path in a row's metadata.
      parts.put(files.hadoopPath(path).toUri().toString(), parts.size());
      absolute.add(files.absolute(path));
    }
    ClassLabels classes = request.classes();
    Preparation preparation = request.preparation();
    boolean encoded = request.encoded();
    List<String> shown = paths;
    Parquet source = this.source;
    return ReadImages.of(
        context,
        rows(context, absolute, classes != null)
            .toJavaRDD()
            .mapPartitions(
                rows ->
                    new Portions(
                        new ParquetRecords(rows, parts, shown, source, classes, preparation)
                            .located(),
                        preparation,
                        encoded)),
        request);
  }

  private Dataset<Row> rows(JavaSparkContext context, List<String> absolute, boolean labelled) {
    Dataset<Row> chosen = rows(context, source, absolute, labelled, List.of());
    checkTypes(chosen.schema(), labelled);
    return chosen;
  }

  /**
   * Returns the rows of files: the file, the number in it, the picture, the label if it is wanted,
   * and other columns.
   */
  static Dataset<Row> rows(
      JavaSparkContext context,
      Parquet source,
      List<String> absolute,
      boolean labelled,
      List<String> others) {
    SparkSession session = SQLContext.getOrCreate(context.sc()).sparkSession().newSession();
    session.conf().set("spark.sql.parquet.columnarReaderBatchSize", BATCH_ROWS);
    Dataset<Row> all =
        session.read().option(PATTERNS, false).parquet(absolute.toArray(String[]::new));
    List<Column> columns =
        new ArrayList<>(
            List.of(
                functions.col("_metadata.file_path"),
                functions.col("_metadata.row_index"),
                column(source.image(), all.schema())));
    if (labelled) {
      columns.add(column(source.label(), all.schema()));
    }
    others.forEach(name -> columns.add(column(name, all.schema())));
    return all.select(columns.toArray(Column[]::new));
  }

  /** A column of this name, or a field in one where there are dots. */
  private static Column column(String name, StructType schema) {
    boolean isWhole = Arrays.asList(schema.fieldNames()).contains(name);
    return functions.col(
        isWhole
            ? "`" + name + "`"
            : Arrays.stream(name.split("\\."))
                .map(field -> "`" + field + "`")
                .collect(Collectors.joining(".")));
  }

  private void checkTypes(StructType schema, boolean labelled) {
    DataType image = schema.fields()[2].dataType();
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
    if (labelled) {
      DataType label = schema.fields()[3].dataType();
      if (!(label instanceof IntegralType || label instanceof StringType)) {
        throw new DataException(
            source.path()
                + ": column "
                + source.label()
                + " must be of whole numbers or texts, but is "
                + label.catalogString());
      }
    }
  }

  @Override
  public ImageName name(int id) {
    return new ImageName(source.path().toString(), id);
  }
}

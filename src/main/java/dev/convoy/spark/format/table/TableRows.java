package dev.convoy.spark.format.table;

import dev.convoy.config.data.Table;
import dev.convoy.data.ColumnTargets;
import dev.convoy.data.PictureEntry;
import dev.convoy.data.PictureList;
import dev.convoy.data.TargetColumns;
import dev.convoy.image.DataException;
import dev.convoy.image.ImageDecoder;
import dev.convoy.image.Preparation;
import dev.convoy.spark.format.DataAccess;
import dev.convoy.spark.format.FoundImages;
import dev.convoy.spark.format.ImageName;
import dev.convoy.spark.format.ImageRequest;
import dev.convoy.spark.format.KeptColumns;
import dev.convoy.spark.format.KeyedPicture;
import dev.convoy.spark.format.KeyedPictures;
import dev.convoy.spark.format.ReadImages;
import dev.convoy.spark.format.RowTargets;
import dev.convoy.spark.portion.Portion;
import dev.convoy.spark.portion.Portions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table, in an order that depends on them alone. By default it is that of their pictures'
 * SHA-256, then of their labels: equal keys are equal examples. Rows are parted by the first byte
 * of the SHA-256, and each part is sorted by one task, so that no process holds more than its
 * share.
 *
 * @param source as the job names it
 * @param table its rows, before any is read
 * @param cells reads the pictures
 * @param labelled whether labels are wanted
 * @param names whether labels are names of classes
 */
public record TableRows(
    Table source, OpenTable table, PictureCell cells, boolean labelled, boolean names)
    implements FoundImages {
  /** More are a mistake: a column of texts that are no names of classes. */
  private static final int MOST_CLASSES = 1 << 16;

  /** Columns of a file's path, by which errors name its picture. */
  private static final String PATH = "path";

  /** Finds the table, and checks that its columns can be what is asked for. */
  public static FoundImages find(DataAccess access, Table source, boolean labelled) {
    OpenTable table = OpenTable.of(access, source);
    PictureCell cells = PictureCell.of(source, table.type("image", source.image()));
    TargetColumns targets = source.targetColumns();
    boolean names = false;
    if (labelled) {
      RowTargets.checkTypes(
          source.shown(), targets, column -> table.type(targets.key(column), column));
      String label = targets.label();
      names = label != null && table.type("label", label) instanceof StringType;
    }
    if (source.orderBy() != null) {
      table.type("orderBy", source.orderBy());
    }
    return new TableRows(source, table, cells, labelled, names);
  }

  @Override
  public @Nullable List<String> classNames(int outputs) {
    TargetColumns targets = source.targetColumns();
    if (!names || targets.label() == null) {
      return targets.outputNames(outputs);
    }
    Column label = functions.col(targets.label());
    List<PictureEntry> entries = new ArrayList<>();
    List<Row> found =
        reading(
            () ->
                table
                    .rows()
                    .where(label.isNotNull())
                    .select(label.cast(DataTypes.StringType))
                    .distinct()
                    .limit(MOST_CLASSES + 1)
                    .collectAsList());
    if (found.size() > MOST_CLASSES) {
      throw new DataException(
          source.shown()
              + ": column "
              + targets.label()
              + " must hold the names of at most "
              + MOST_CLASSES
              + " classes, but holds more");
    }
    found.forEach(row -> entries.add(new PictureEntry(source.shown(), row.getString(0))));
    return entries.isEmpty() ? null : PictureList.classes(entries, outputs);
  }

  @Override
  public ReadImages read(Supplier<JavaSparkContext> spark, ImageRequest request) {
    if (request.encoded() && !cells.isEncoded()) {
      throw new DataException(
          source.shown()
              + ": data.cache must be decoded or none where pixels lie ready, as in column "
              + source.image()
              + ", but was encoded");
    }
    String shown = source.shown();
    PictureCell cells = this.cells;
    RowTargets targets =
        request.classes() == null
            ? null
            : new RowTargets(
                ColumnTargets.of(shown, source.targetColumns(), request.classes(), request.loss()),
                TableRecords.TARGET);
    Preparation preparation = request.preparation();
    boolean encoded = request.encoded();
    JavaRDD<Portion> portions =
        sorted()
            .toJavaRDD()
            .mapPartitions(
                rows ->
                    new Portions(
                        new TableRecords(rows, shown, cells, targets, preparation),
                        preparation,
                        encoded));
    return reading(() -> ReadImages.of(spark.get(), portions, request));
  }

  @Override
  public KeyedPictures keyed(
      Supplier<JavaSparkContext> spark, ImageRequest request, @Nullable List<String> keep) {
    Dataset<Row> rows = table.rows();
    List<Column> chosen = new ArrayList<>();
    chosen.add(functions.col(source.image()).as("image"));
    chosen.addAll(
        KeptColumns.of(rows.schema(), List.of(source.image().split("\\.")), keep, source.shown()));
    Dataset<Row> selected = rows.select(chosen.toArray(Column[]::new));
    StructField[] fields = selected.schema().fields();
    Preparation preparation = request.preparation();
    PictureCell cells = this.cells;
    String shown = source.shown();
    return new KeyedPictures(
        selected.sparkSession(),
        new StructType(Arrays.copyOfRange(fields, 1, fields.length)),
        selected
            .toJavaRDD()
            .map(
                row -> {
                  Object[] key = new Object[row.size() - 1];
                  Arrays.setAll(key, i -> row.get(i + 1));
                  Object cell = row.get(0);
                  return new KeyedPicture(
                      RowFactory.create(key),
                      cells.example(
                          cell,
                          shown + ", " + cells.name(cell),
                          null,
                          new ImageDecoder(preparation),
                          preparation));
                }),
        List.of());
  }

  /** Returns the rows as {@link TableRecords} has their columns, each part in one partition. */
  private Dataset<Row> sorted() {
    PictureCell cells = this.cells;
    UDF1<Object, byte[]> sha256 = cells::key;
    Column key = functions.udf(sha256, DataTypes.BinaryType).apply(functions.col(source.image()));
    String orderBy = source.orderBy();
    List<Column> chosen = new ArrayList<>();
    chosen.add(key.as("key"));
    chosen.add(name().as("name"));
    chosen.add(functions.col(source.image()).as("image"));
    chosen.add((orderBy == null ? functions.lit(0) : functions.col(orderBy)).as("order"));
    List<String> targets = new ArrayList<>();
    for (String column : labelled ? source.targetColumns().all() : List.<String>of()) {
      String name = "target" + targets.size();
      chosen.add(functions.col(column).as(name));
      targets.add(name);
    }
    Dataset<Row> rows = table.rows().select(chosen.toArray(Column[]::new));
    List<String> order = new ArrayList<>(List.of("order", "key"));
    order.addAll(targets);
    if (orderBy != null) {
      return rows.orderBy(columns(order)).select(selected(functions.spark_partition_id(), targets));
    }
    order.set(0, "part");
    Column firstByte = functions.substring(functions.col("key"), 1, 1);
    Column part = functions.conv(functions.hex(firstByte), 16, 10).cast(DataTypes.IntegerType);
    return rows.select(selected(part, targets))
        .repartition(functions.col("part"))
        .sortWithinPartitions(columns(order));
  }

  private static Column[] selected(Column part, List<String> targets) {
    List<Column> selected = new ArrayList<>(List.of(part.as("part")));
    selected.addAll(List.of(columns(List.of("key", "name", "image"))));
    selected.addAll(List.of(columns(targets)));
    return selected.toArray(Column[]::new);
  }

  private static Column[] columns(List<String> names) {
    return names.stream().map(functions::col).toArray(Column[]::new);
  }

  /** What errors call a row: its path, or its place in the order; absent without both. */
  private Column name() {
    String orderBy = source.orderBy();
    if (table.has(PATH) && table.type("path", PATH) instanceof StringType) {
      return functions.col(PATH);
    } else if (orderBy != null) {
      return functions.concat(
          functions.lit(orderBy + " "), functions.col(orderBy).cast(DataTypes.StringType));
    }
    return functions.lit(null).cast(DataTypes.StringType);
  }

  /** Has Spark do something, whose failures it does not declare. */
  private <T> T reading(Supplier<T> action) {
    try {
      return action.get();
    } catch (DataException e) {
      throw e;
    } catch (Exception e) {
      if (e instanceof SparkException) {
        throw new DataException(source.shown() + ": can't be read: " + SparkReason.of(e), e);
      }
      throw e;
    }
  }

  @Override
  public ImageName name(int id) {
    return new ImageName(source.shown(), id);
  }
}

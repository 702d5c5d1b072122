package dev.convoy.config.data;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import dev.convoy.data.PixelOrder;
import dev.convoy.data.TargetColumns;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of whatever Spark reads: a table of its catalogs, a query, or files of any source that the
 * session knows. A table has no order; its examples are put in that of their pictures' SHA-256,
 * then of their labels and weights, so that what is trained depends on the rows alone, not on how
 * they lie in files and partitions.
 *
 * @param table its name in the session's catalogs, as in {@code db.pictures}
 * @param query in SQL, in place of a table
 * @param path of files, in place of a table
 * @param source what reads the files, as in {@code delta}, {@code iceberg}, {@code orc}, {@code
 *     avro}, {@code parquet}, {@code binaryFile}; needed with {@code path}
 * @param options of what reads the table or the files; none by default
 * @param version of a table that keeps old ones (Delta, Iceberg); the newest by default
 * @param where a condition in SQL that rows must meet; all rows by default
 * @param image the column of pictures: of binary values, of Spark's image structure, or, where
 *     {@code shape} is given, of arrays or vectors of whole numbers from 0 to 255; {@code a.b} for
 *     a field in a column; {@code image} by default, and {@code content} of {@code binaryFile}
 * @param label the column of labels, names or whole numbers; {@code label} by default, where
 *     neither {@code labels} nor {@code target} is given
 * @param labels the columns that tell, each for one label, whether a picture has it: {@code true},
 *     {@code false}, or a number from 0 to 1; they name the network's outputs
 * @param target the column of numbers, or of arrays of them, that is to be predicted, or several
 *     columns of numbers
 * @param weight the column of weights, finite and at least 0: how much each picture counts; by
 *     default all count alike
 * @param shape of pixels, {@code [C, H, W]}; without it, binary values are picture files, as for
 *     {@link Images}
 * @param order of pixels; channels first by default
 * @param orderBy a column by which examples are ordered, in place of their pictures
 */
@PublicApi
public record Table(
    @Nullable String table,
    @Nullable String query,
    @Nullable Paths path,
    @Nullable String source,
    @Defaulted Options options,
    @Nullable String version,
    @Nullable String where,
    @Defaulted String image,
    @Nullable String label,
    @Nullable List<String> labels,
    @Nullable Columns target,
    @Nullable String weight,
    @Nullable Shape shape,
    @Defaulted PixelOrder order,
    @Nullable String orderBy)
    implements DataSource {
  /** The source whose rows are files, and its column of their bytes. */
  private static final String FILES = "binaryFile";

  private static final String CONTENT = "content";

  public Table {
    long given = Stream.of(table, query, path).filter(place -> place != null).count();
    if (given != 1) {
      throw new IllegalArgumentException(
          "Table.table must be given, or else query, or path, but "
              + (given == 0 ? "none is" : given + " of them are"));
    }
    if ((path == null) != (source == null)) {
      throw new IllegalArgumentException(
          "Table.source must say what reads the files of path, as in delta or orc, and only that,"
              + " but is "
              + (source == null ? "absent" : "given without path"));
    }
    options = options == null ? Options.NONE : options;
    if (query != null && (version != null || !options.values().isEmpty())) {
      throw new IllegalArgumentException(
          "Table.query must say all of the table itself, but options or version are given");
    }
    boolean files = source != null && source.equalsIgnoreCase(FILES);
    image = image != null ? image : files ? CONTENT : "image";
    label = label == null && labels == null && target == null ? "label" : label;
    labels = labels == null ? null : List.copyOf(labels);
    columns(label, labels, target, weight);
    if (shape != null && (!shape.isImage() || shape.channels() != 1 && shape.channels() != 3)) {
      throw new IllegalArgumentException(
          "Table.shape must be [1, height, width] or [3, height, width], but was " + shape);
    }
    order = order == null ? PixelOrder.CHANNELS_FIRST : order;
  }

  private static TargetColumns columns(
      @Nullable String label,
      @Nullable List<String> labels,
      @Nullable Columns target,
      @Nullable String weight) {
    return TargetColumns.of("Table", label, labels, target == null ? null : target.list(), weight);
  }

  /** The columns that tell what is known of a picture. */
  @Internal
  public TargetColumns targetColumns() {
    return columns(label, labels, target, weight);
  }

  /** Returns the rows of a table with a column of pictures and one of labels. */
  public static Table of(String table, String image, String label) {
    return new Table(
        table, null, null, null, null, null, null, image, label, null, null, null, null, null,
        null);
  }

  /** Returns what errors call it. */
  public String shown() {
    return table != null ? "table " + table : query != null ? "query" : String.valueOf(path);
  }

  @Override
  public boolean holdsPixels() {
    return shape != null;
  }
}

package dev.convoy.spark.format.table;

import dev.convoy.data.RawExample;
import dev.convoy.image.ImageDecoder;
import dev.convoy.image.Preparation;
import dev.convoy.image.Target;
import dev.convoy.spark.format.RowTargets;
import dev.convoy.spark.portion.Portions;
import java.util.Iterator;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a sorted table as records: each has its place among those of its part, of which a
 * partition has all.
 */
final class TableRecords implements Iterator<Portions.Located> {
  /** The columns of rows, in their order. */
  static final int PART = 0;

  static final int KEY = 1;
  static final int NAME = 2;
  static final int IMAGE = 3;

  /** The first of those that tell a picture's target. */
  static final int TARGET = 4;

  private final Iterator<Row> rows;
  private final String table;
  private final PictureCell cells;
  private final @Nullable RowTargets targets;
  private final Preparation preparation;
  private final ImageDecoder decoder;
  private int part = -1;
  private int next;

  /**
   * Records of these rows.
   *
   * @param table for errors
   * @param targets absent if they are not wanted
   */
  TableRecords(
      Iterator<Row> rows,
      String table,
      PictureCell cells,
      @Nullable RowTargets targets,
      Preparation preparation) {
    this.rows = rows;
    this.table = table;
    this.cells = cells;
    this.targets = targets;
    this.preparation = preparation;
    this.decoder = new ImageDecoder(preparation);
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public Portions.Located next() {
    Row row = rows.next();
    if (row.getInt(PART) != part) {
      part = row.getInt(PART);
      next = 0;
    }
    return new Portions.Located(part, next++, example(row));
  }

  private RawExample example(Row row) {
    String name = table + ", " + name(row);
    RowTargets wanted = targets;
    Supplier<Target> target = wanted == null ? null : () -> wanted.target(row, name);
    return cells.example(row.get(IMAGE), name, target, decoder, preparation);
  }

  private static String name(Row row) {
    return row.isNullAt(NAME) ? PictureCell.name((byte[]) row.get(KEY)) : row.getString(NAME);
  }
}

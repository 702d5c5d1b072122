package dev.convoy.ml;

import dev.convoy.data.RawExample;
import dev.convoy.image.ImageDecoder;
import dev.convoy.image.Preparation;
import dev.convoy.spark.format.table.PictureCell;
import dev.convoy.spark.use.ModelAtWork;
import dev.convoy.spark.use.PicturePredictions.Item;
import dev.convoy.spark.use.PicturePredictions.Outcome;
import dev.convoy.spark.use.SharedModel;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * Adds a model's predictions to the rows of a partition, in batches of the engine's size.
 *
 * @param column number of the column of pictures
 * @param invalid as {@link InvalidRows} has it
 * @param values makes the cells to add of the model's outputs
 */
record RowPredictions(
    String uid, SharedModel model, PictureCell cells, int column, String invalid, RowValues values)
    implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1;

  /** Makes the cells to add of what a model gives. */
  interface RowValues extends java.io.Serializable {
    /**
     * Returns the cells, in the order of their columns.
     *
     * @param outputs one an output; absent for a picture that can't be read
     */
    Object[] of(float @Nullable [] outputs);
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    ModelAtWork atWork = model.here();
    Preparation preparation = atWork.preparation();
    ImageDecoder decoder = new ImageDecoder(preparation);
    Iterator<Item<Row>> items =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return rows.hasNext();
          }

          @Override
          public Item<Row> next() {
            Row row = rows.next();
            RawExample example =
                cells.example(row.get(column), "a row's picture", null, decoder, preparation);
            return new Item<>(row, example);
          }
        };
    Iterator<Outcome<Row>> outcomes = atWork.predict(items);
    return new Iterator<>() {
      private @Nullable Row ahead = advance();

      private @Nullable Row advance() {
        while (outcomes.hasNext()) {
          Outcome<Row> outcome = outcomes.next();
          if (outcome.problem() == null || invalid.equals(InvalidRows.KEEP)) {
            return joined(outcome.key(), values.of(outcome.values()));
          } else if (invalid.equals(InvalidRows.ERROR)) {
            throw new IllegalArgumentException(
                uid
                    + ": "
                    + outcome.problem()
                    + which(outcome.key())
                    + "; handleInvalid says what is done about such rows");
          }
        }
        return null;
      }

      @Override
      public boolean hasNext() {
        return ahead != null;
      }

      @Override
      public Row next() {
        Row next = ahead;
        if (next == null) {
          throw new NoSuchElementException();
        }
        ahead = advance();
        return next;
      }
    };
  }

  private static String which(Row row) {
    String cells = RowText.of(row);
    return cells.isEmpty() ? "" : " (" + cells + ")";
  }

  private static Row joined(Row row, Object[] added) {
    Object[] cells = new Object[row.size() + added.length];
    for (int i = 0; i < row.size(); i++) {
      cells[i] = row.get(i);
    }
    System.arraycopy(added, 0, cells, row.size(), added.length);
    return RowFactory.create(cells);
  }
}

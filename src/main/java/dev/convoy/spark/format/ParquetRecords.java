package dev.convoy.spark.format;

import dev.convoy.config.data.Parquet;
import dev.convoy.data.EncodedExample;
import dev.convoy.data.PixelExample;
import dev.convoy.data.RawExample;
import dev.convoy.image.DataException;
import dev.convoy.image.ImageDecoder;
import dev.convoy.image.Preparation;
import dev.convoy.image.Target;
import dev.convoy.spark.file.LocalNames;
import dev.convoy.spark.portion.Portions;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.TaskKilledException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Rows as records: of each the file, the number in it, the picture, and the columns of its target
 * where that is wanted.
 */
final class ParquetRecords implements Iterator<ParquetRecords.Record> {
  /** The place of a row's picture. */
  private static final int PICTURE = 2;

  /** The place of the first column of a row's target. */
  static final int TARGET = 3;

  private final Iterator<Row> rows;
  private final Map<String, Integer> parts;
  private final List<String> paths;
  private final Parquet source;
  private final @Nullable ParquetTargets targets;
  private final Preparation preparation;
  private final ImageDecoder decoder;

  /**
   * Records of these rows.
   *
   * @param parts by the absolute paths of their files
   * @param paths of the parts, for errors
   * @param targets absent if they are not wanted
   */
  ParquetRecords(
      Iterator<Row> rows,
      Map<String, Integer> parts,
      List<String> paths,
      Parquet source,
      @Nullable ParquetTargets targets,
      Preparation preparation) {
    this.rows = rows;
    this.parts = parts;
    this.paths = paths;
    this.source = source;
    this.targets = targets;
    this.preparation = preparation;
    this.decoder = new ImageDecoder(preparation);
  }

  /**
   * A row.
   *
   * @param row with all its columns
   * @param part its file
   * @param position in the file
   * @param name for errors
   * @param example that may yet turn out bad
   */
  record Record(Row row, int part, int position, String name, RawExample example) {}

  /** Returns the same, each at its place in its file. */
  Iterator<Portions.Located> located() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return ParquetRecords.this.hasNext();
      }

      @Override
      public Portions.Located next() {
        Record record = ParquetRecords.this.next();
        return new Portions.Located(record.part(), record.position(), record.example());
      }
    };
  }

  /**
   * Returns the same, each with the values of further columns.
   *
   * @param first the place of the first of these in a row
   */
  Iterator<KeyedPicture> keyed(int first) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return ParquetRecords.this.hasNext();
      }

      @Override
      public KeyedPicture next() {
        Record record = ParquetRecords.this.next();
        Object[] values = new Object[record.row().size() - first];
        for (int i = 0; i < values.length; i++) {
          values[i] = record.row().get(first + i);
        }
        return new KeyedPicture(RowFactory.create(values), record.example());
      }
    };
  }

  @Override
  public boolean hasNext() {
    return attempt(rows::hasNext);
  }

  @Override
  public Record next() {
    Row row = attempt(rows::next);
    int part = Check.present(parts.get(row.getString(0)), "The part of a row's file");
    int position = Math.toIntExact(row.getLong(1));
    String name = paths.get(part) + ", row " + position + " (counted from 0)";
    return new Record(row, part, position, name, example(row, part, name));
  }

  /** Spark's reader answers damage with exceptions of many kinds. */
  private <T> T attempt(Supplier<T> action) {
    try {
      return action.get();
    } catch (TaskKilledException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      throw damaged(e);
    } catch (Throwable e) { // checked exceptions that Scala need not declare
      if (e instanceof Error || e instanceof InterruptedException) {
        throw e;
      }
      throw damaged(e);
    }
  }

  private DataException damaged(Throwable e) {
    for (String file : parts.keySet()) {
      // The driver could; this machine may have another locale.
      String problem = file.startsWith("file:") ? LocalNames.problem(file) : null;
      if (problem != null) {
        return new DataException(problem, e);
      }
    }
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String spark = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    String why = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    String all = spark.contains(why) ? spark : spark + " " + why;
    return new DataException(
        "A Parquet file must be whole, but is damaged: " + all + unnamed(all), e);
  }

  /** Returns the files of which one is damaged, where Spark, before 4.0, does not say which. */
  private String unnamed(String message) {
    if (parts.keySet().stream().anyMatch(file -> message.contains(URI.create(file).getPath()))) {
      return "";
    }
    return paths.size() == 1
        ? ", in " + paths.get(0)
        : ", in one of " + paths.size() + " files, the first " + paths.get(0);
  }

  private RawExample example(Row row, int part, String name) {
    ParquetTargets wanted = targets;
    Supplier<Target> known = wanted == null ? null : () -> wanted.target(row, part, name);
    Shape shape = source.shape();
    if (shape != null) {
      return new Pixels(row, name, known, shape);
    }
    return new EncodedExample(
        name,
        known,
        who -> {
          if (row.isNullAt(PICTURE)) {
            throw new DataException(who + ": must have a picture, but has none");
          }
          return (byte[]) row.get(PICTURE);
        },
        decoder);
  }

  /** An image whose pixels are in the row, to be unpacked when they are asked for. */
  private final class Pixels implements RawExample {
    private final Row row;
    private final String name;
    private final @Nullable Supplier<Target> known;

    private final Shape shape;

    Pixels(Row row, String name, @Nullable Supplier<Target> known, Shape shape) {
      this.row = row;
      this.name = name;
      this.known = known;
      this.shape = shape;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Target target() {
      return example(new byte[0]).target();
    }

    @Override
    public byte[] pixels() {
      Object value = row.get(PICTURE);
      if (value == null) {
        throw new DataException(name + ": must have pixels, but has none");
      }
      return example(value instanceof byte[] bytes ? bytes : flat(value)).pixels();
    }

    private PixelExample example(byte[] bytes) {
      return new PixelExample(name, known, bytes, shape, source.order(), preparation);
    }

    private byte[] flat(Object values) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(shape.size());
      add(values, bytes);
      return bytes.toByteArray();
    }

    private void add(Object value, ByteArrayOutputStream bytes) {
      if (value instanceof scala.collection.Iterable<?> items) {
        CollectionConverters.asJava(items).forEach(item -> add(item, bytes));
      } else if (value instanceof Number number
          && number.longValue() >= 0
          && number.longValue() <= 255) {
        bytes.write(number.intValue());
      } else {
        throw new DataException(
            name + ": pixel values must be whole numbers from 0 to 255, but one is " + value);
      }
    }
  }
}

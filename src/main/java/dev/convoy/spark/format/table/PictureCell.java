package dev.convoy.spark.format.table;

import dev.convoy.config.data.Table;
import dev.convoy.data.EncodedExample;
import dev.convoy.data.PixelExample;
import dev.convoy.data.PixelOrder;
import dev.convoy.data.RawExample;
import dev.convoy.image.DataException;
import dev.convoy.image.ImageDecoder;
import dev.convoy.image.Preparation;
import dev.convoy.image.Target;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A picture in a cell of a table: a file's bytes, pixels of a known shape, or Spark's structure.
 */
public final class PictureCell implements Serializable {
  private static final long serialVersionUID = 1;

  private enum Form {
    ENCODED,
    PIXELS,
    IMAGE
  }

  private final Form form;
  private final @Nullable Shape shape;
  private final PixelOrder order;

  private PictureCell(Form form, @Nullable Shape shape, PixelOrder order) {
    this.form = form;
    this.shape = shape;
    this.order = order;
  }

  /**
   * Returns what reads the cells of a column.
   *
   * @throws DataException if columns of this type hold no pictures
   */
  static PictureCell of(Table source, DataType type) {
    return of(source.shown(), source.image(), type, source.shape(), source.order());
  }

  /**
   * Returns what reads the cells of a column.
   *
   * @param who has the column, for errors
   * @param shape of pixels in vectors, arrays and raw bytes; absent where there are none
   * @throws DataException if columns of this type hold no pictures
   */
  public static PictureCell of(
      String who, String column, DataType type, @Nullable Shape shape, PixelOrder order) {
    boolean numbers =
        type instanceof ArrayType && innermost(type) instanceof NumericType
            || type.equals(SQLDataTypes.VectorType());
    if (type instanceof StructType struct && ImageStruct.fits(struct)) {
      return new PictureCell(Form.IMAGE, null, PixelOrder.CHANNELS_FIRST);
    } else if (shape != null && (numbers || type instanceof BinaryType)) {
      return new PictureCell(Form.PIXELS, shape, order);
    } else if (type instanceof BinaryType) {
      return new PictureCell(Form.ENCODED, null, order);
    }
    throw new DataException(
        who
            + ": column "
            + column
            + " must be binary, or of Spark's image structure, or of arrays or vectors of numbers"
            + (numbers ? " with shape saying what they are" : "")
            + ", but is "
            + (type.equals(SQLDataTypes.VectorType()) ? "vector" : type.catalogString())
            + (numbers ? " without" : ""));
  }

  /**
   * Returns what reads a cell by itself, whatever its column is.
   *
   * @param shape of pixels; absent where bytes are a picture's file
   */
  public static PictureCell of(Object cell, @Nullable Shape shape) {
    Form form = cell instanceof Row ? Form.IMAGE : shape == null ? Form.ENCODED : Form.PIXELS;
    return new PictureCell(form, shape, PixelOrder.CHANNELS_FIRST);
  }

  private static DataType innermost(DataType type) {
    return type instanceof ArrayType array ? innermost(array.elementType()) : type;
  }

  /** Tells whether cells hold pictures' files. */
  boolean isEncoded() {
    return form == Form.ENCODED;
  }

  /** Returns what errors call a cell's picture. */
  static String name(byte[] key) {
    return "the picture of SHA-256 " + HexFormat.of().formatHex(key);
  }

  /** Returns what errors call the picture of a cell. */
  String name(@Nullable Object cell) {
    return name(key(cell));
  }

  /** Returns the SHA-256 of a cell's content; that of nothing where it is empty. */
  byte[] key(@Nullable Object cell) {
    MessageDigest digest = sha256();
    if (cell instanceof byte[] bytes) {
      digest.update(bytes);
    } else if (cell instanceof Row image) {
      ImageStruct.addTo(digest, image);
    } else if (cell instanceof Vector vector) {
      addTo(digest, vector.toArray());
    } else if (cell instanceof scala.collection.Iterable<?> items) {
      addTo(digest, items);
    }
    return digest.digest();
  }

  private static void addTo(MessageDigest digest, scala.collection.Iterable<?> items) {
    for (Object item : CollectionConverters.asJava(items)) {
      if (item instanceof scala.collection.Iterable<?> inner) {
        addTo(digest, inner);
      } else {
        digest.update((item + ",").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static void addTo(MessageDigest digest, double[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES);
    Arrays.stream(values).forEach(bytes::putDouble);
    digest.update(bytes.array());
  }

  /**
   * Returns the example of a cell, whose picture may yet turn out bad.
   *
   * @param target asked for what is known of it; absent if that is not wanted
   */
  public RawExample example(
      @Nullable Object cell,
      String name,
      @Nullable Supplier<Target> target,
      ImageDecoder decoder,
      Preparation preparation) {
    if (form == Form.ENCODED) {
      return new EncodedExample(name, target, who -> (byte[]) present(cell, who), decoder);
    }
    return new Lying(name, target, () -> pixels(cell, name, target, preparation));
  }

  private PixelExample pixels(
      @Nullable Object cell,
      String name,
      @Nullable Supplier<Target> target,
      Preparation preparation) {
    Object value = present(cell, name);
    if (value instanceof Row image) {
      ImageStruct read = ImageStruct.of(image, name);
      return new PixelExample(
          name, target, read.pixels(), read.shape(), PixelOrder.CHANNELS_FIRST, preparation);
    }
    Shape known = Check.present(shape, "Table.shape");
    byte[] bytes = value instanceof byte[] ready ? ready : PixelValues.bytes(value, name);
    return new PixelExample(name, target, bytes, known, order, preparation);
  }

  private static Object present(@Nullable Object cell, String who) {
    if (cell == null) {
      throw new DataException(who + ": must have a picture, but has none");
    }
    return cell;
  }

  /** An image whose pixels lie in the cell, and are unpacked when they are asked for. */
  private record Lying(
      String name, @Nullable Supplier<Target> known, Supplier<PixelExample> unpacked)
      implements RawExample {
    @Override
    public Target target() {
      return known == null ? Target.NONE : known.get();
    }

    @Override
    public byte[] pixels() {
      return unpacked.get().pixels();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

package dev.convoy.image;

import java.io.Serializable;
import java.nio.ByteBuffer;

/**
 * Holds what is known of each of some images, in a column: a class number, or a target vector,
 * whose values are kept in the size that they have in a file.
 *
 * <p>Not a record: the Kryo of Spark, which many clusters choose as their serializer, cannot write
 * records.
 */
public final class Targets implements Serializable {
  private static final long serialVersionUID = 1;

  private static final int[] NO_CLASSES = {};
  private static final byte[] NO_BYTES = {};
  private static final float[] NO_FLOATS = {};

  private enum Kind {
    CLASSES,
    BYTES,
    FLOATS
  }

  private final Kind kind;

  /** Values of a vector; 0 for class numbers. */
  private final int width;

  // The one of the three that the kind names holds the values, the others are empty.
  private final int[] classes;
  private final byte[] bytes;
  private final float[] floats;

  private Targets(Kind kind, int width, int[] classes, byte[] bytes, float[] floats) {
    this.kind = kind;
    this.width = width;
    this.classes = classes;
    this.bytes = bytes;
    this.floats = floats;
    int values = bytes.length + floats.length;
    if (kind != Kind.CLASSES && (width < 1 || values % width != 0)) {
      throw new IllegalArgumentException(
          "Targets.width must be at least 1 and divide the number of values, "
              + values
              + ", but was "
              + width);
    }
  }

  /** Class numbers, or {@link ImageBlock#NO_LABEL}; not copied. */
  public static Targets classes(int[] numbers) {
    return new Targets(Kind.CLASSES, 0, numbers, NO_BYTES, NO_FLOATS);
  }

  /**
   * Vectors of whole numbers from 0 to 255; not copied.
   *
   * @param width values of a vector
   * @param values of one vector after the other, unsigned
   */
  public static Targets bytes(int width, byte[] values) {
    return new Targets(Kind.BYTES, width, NO_CLASSES, values, NO_FLOATS);
  }

  /**
   * Vectors of any numbers; not copied.
   *
   * @param width values of a vector
   * @param values of one vector after the other
   */
  public static Targets floats(int width, float[] values) {
    return new Targets(Kind.FLOATS, width, NO_CLASSES, NO_BYTES, values);
  }

  /** Whether these are vectors. */
  public boolean areVectors() {
    return kind != Kind.CLASSES;
  }

  /** Values of a vector; 0 for class numbers. */
  public int width() {
    return width;
  }

  /** Returns the number of images. */
  public int size() {
    return kind == Kind.CLASSES ? classes.length : (bytes.length + floats.length) / width;
  }

  /** The class numbers; none where these are vectors. */
  public int[] classes() {
    return classes;
  }

  /** A value of the image's vector. */
  public float value(int image, int output) {
    int at = image * width + output;
    return kind == Kind.FLOATS ? floats[at] : bytes[at] & 0xFF;
  }

  /** Room for so many images, of the same kind. */
  public Targets room(int images) {
    if (kind == Kind.CLASSES) {
      return classes(new int[images]);
    }
    int values = Math.multiplyExact(images, width);
    return kind == Kind.FLOATS ? floats(width, new float[values]) : bytes(width, new byte[values]);
  }

  /** Takes the target of an image of others, which are of the same kind. */
  public void put(int image, Targets others, int other) {
    switch (kind) {
      case CLASSES -> classes[image] = others.classes[other];
      case BYTES -> System.arraycopy(others.bytes, other * width, bytes, image * width, width);
      case FLOATS -> System.arraycopy(others.floats, other * width, floats, image * width, width);
    }
  }

  /** Returns how many bytes {@link #write} adds. */
  public int imageBytes() {
    return switch (kind) {
      case CLASSES -> Integer.BYTES;
      case BYTES -> width;
      case FLOATS -> width * Float.BYTES;
    };
  }

  /** Adds an image's target to a buffer: big-endian integer, bytes, or big-endian float32. */
  public void write(int image, ByteBuffer buffer) {
    switch (kind) {
      case CLASSES -> buffer.putInt(classes[image]);
      case BYTES -> buffer.put(bytes, image * width, width);
      case FLOATS -> {
        for (int c = 0; c < width; c++) {
          buffer.putFloat(floats[image * width + c]);
        }
      }
    }
  }
}

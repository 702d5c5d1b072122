package dev.convoy.image;

import dev.convoy.tensor.Check;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Holds what is known of each of some images, in columns: a class number, or a target vector, whose
 * values are kept in the size that they have in a file; and a weight, where not all weigh 1.
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

  /** One an image; absent where each weighs 1. */
  private float @Nullable [] weights;

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

  /** Room for so many images whose targets are of one kind with this one. */
  public static Targets room(Target like, int images) {
    return like.isVector()
        ? floats(like.width(), new float[Math.multiplyExact(images, like.width())])
        : classes(new int[images]);
  }

  /**
   * Gives each image its weight, where one differs from 1; else nothing changes.
   *
   * @param values one an image, finite and at least 0; not copied
   * @return these targets
   */
  public Targets weighing(float[] values) {
    Check.range(0, size(), values.length, "Targets.weights");
    boolean differ = false;
    for (float value : values) {
      differ |= Check.notNegative(value, "Targets.weights") != 1;
    }
    weights = differ ? values : null;
    return this;
  }

  /** Whether some image may weigh other than 1. */
  public boolean areWeighted() {
    return weights != null;
  }

  /** How much an image counts in losses and scores; 1 where nothing is said of it. */
  public float weight(int image) {
    return weights == null ? 1 : weights[image];
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
    putWeight(image, others.weight(other));
  }

  /**
   * Takes the target of an image.
   *
   * @throws IllegalArgumentException if it is of another kind
   */
  public void put(int image, Target target) {
    if (kind == Kind.BYTES || target.width() != width) {
      throw new IllegalArgumentException(
          "Targets of "
              + width
              + " values must all be so, 0 for class numbers, but one has "
              + target.width());
    }
    if (kind == Kind.CLASSES) {
      classes[image] = target.classNumber();
    }
    for (int c = 0; c < width; c++) {
      floats[image * width + c] = target.value(c);
    }
    putWeight(image, target.weight());
  }

  private void putWeight(int image, float weight) {
    if (weights == null && weight != 1) {
      weights = new float[size()];
      Arrays.fill(weights, 1);
    }
    if (weights != null) {
      weights[image] = weight;
    }
  }

  /** Returns a copy for so many images: the first of these, or all and room for more. */
  public Targets resized(int images) {
    Targets copy = room(images);
    for (int i = 0; i < Math.min(images, size()); i++) {
      copy.put(i, this, i);
    }
    return copy;
  }

  /** Returns how many bytes {@link #write} adds for an image. */
  public int imageBytes(int image) {
    int weightBytes = weight(image) == 1 ? 0 : Float.BYTES;
    return switch (kind) {
      case CLASSES -> Integer.BYTES + weightBytes;
      case BYTES -> width + weightBytes;
      case FLOATS -> width * Float.BYTES + weightBytes;
    };
  }

  /**
   * Adds an image's target to a buffer: big-endian integer, bytes, or big-endian float32. Its
   * weight follows as big-endian float32, if it isn't 1.
   */
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
    if (weight(image) != 1) {
      buffer.putFloat(weight(image));
    }
  }
}

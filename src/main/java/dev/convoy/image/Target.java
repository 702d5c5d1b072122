package dev.convoy.image;

import dev.convoy.tensor.Check;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What is known of one image: its class number, or its target vector, and how much it counts.
 *
 * <p>Not a record: the Kryo of Spark, which many clusters choose as their serializer, cannot write
 * records.
 */
public final class Target implements Serializable {
  private static final long serialVersionUID = 1;

  private static final float[] NO_VALUES = {};

  /** The target of an image of which nothing is known. */
  public static final Target NONE = new Target(ImageBlock.NO_LABEL, NO_VALUES, 1);

  private final int classNumber;

  /** One an output; none where there is a class number. */
  private final float[] values;

  private final float weight;

  private Target(int classNumber, float[] values, float weight) {
    this.classNumber = classNumber;
    this.values = values;
    this.weight = weight;
  }

  /** Returns a class number that weighs 1. */
  public static Target ofClass(int number) {
    return new Target(number, NO_VALUES, 1);
  }

  /**
   * Returns a target vector that weighs 1.
   *
   * @param values one an output; copied
   * @throws IllegalArgumentException if there is none
   */
  public static Target ofValues(float... values) {
    Check.positive(values.length, "Target.values.length");
    return new Target(ImageBlock.NO_LABEL, values.clone(), 1);
  }

  /**
   * Returns the same of another weight.
   *
   * @param value finite, at least 0
   */
  public Target weighing(float value) {
    return new Target(classNumber, values, Check.notNegative(value, "Target.weight"));
  }

  /** Whether this is a target vector. */
  public boolean isVector() {
    return values.length > 0;
  }

  /** The class number, or {@link ImageBlock#NO_LABEL} where there is none. */
  public int classNumber() {
    return classNumber;
  }

  /** Values of the vector; 0 where this is none. */
  public int width() {
    return values.length;
  }

  /** A value of the vector. */
  public float value(int output) {
    return values[output];
  }

  /** How much the image counts in losses and scores; 1 where nothing is said of it. */
  public float weight() {
    return weight;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Target that
        && classNumber == that.classNumber
        && Arrays.equals(values, that.values)
        && weight == that.weight;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * classNumber + Arrays.hashCode(values)) + Float.hashCode(weight);
  }

  @Override
  public String toString() {
    String known = isVector() ? Arrays.toString(values) : "class " + classNumber;
    return weight == 1 ? known : known + " of weight " + weight;
  }
}

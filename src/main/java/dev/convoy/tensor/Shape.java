package dev.convoy.tensor;

import dev.convoy.api.PublicApi;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The extent of a tensor along each axis, outermost first: {@code [C, H, W]} for an image or a
 * feature map, {@code [F]} for a vector of features. The batch axis is never part of it.
 */
@PublicApi
public final class Shape implements Serializable {
  private static final long serialVersionUID = 1;

  private final int[] dimensions;

  private Shape(int[] dimensions) {
    this.dimensions = dimensions;
  }

  /**
   * A shape of these extents.
   *
   * @throws IllegalArgumentException if there is none, one is below 1, or their product exceeds
   *     {@link Integer#MAX_VALUE}
   */
  public static Shape of(int... dimensions) {
    if (dimensions.length == 0) {
      throw new IllegalArgumentException("Shape needs at least one dimension, but got none");
    }
    long size = 1;
    for (int dimension : dimensions) {
      if (dimension < 1) {
        throw new IllegalArgumentException(
            "Shape dimensions must be at least 1, but were " + Arrays.toString(dimensions));
      }
      size *= dimension;
      if (size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "Shape must hold fewer than 2^31 values, but was " + Arrays.toString(dimensions));
      }
    }
    return new Shape(dimensions.clone());
  }

  /** The number of axes. */
  public int rank() {
    return dimensions.length;
  }

  /** The extent along {@code axis}, which counts from 0, outermost first. */
  public int dimension(int axis) {
    return dimensions[axis];
  }

  /** The number of values: the product of all extents. */
  public int size() {
    int size = 1;
    for (int dimension : dimensions) {
      size *= dimension;
    }
    return size;
  }

  /** Whether this is {@code [C, H, W]}. */
  public boolean isImage() {
    return dimensions.length == 3;
  }

  /** C of {@code [C, H, W]}; the size of a vector of features. */
  public int channels() {
    return dimensions[0];
  }

  /** H of {@code [C, H, W]}; 1 for a vector of features. */
  public int height() {
    return isImage() ? dimensions[1] : 1;
  }

  /** W of {@code [C, H, W]}; 1 for a vector of features. */
  public int width() {
    return isImage() ? dimensions[2] : 1;
  }

  /** The extents, outermost first, as a new array. */
  public int[] toArray() {
    return dimensions.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dimensions, shape.dimensions);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dimensions);
  }

  /** Writes the lengths of the axes, as in {@code [1, 28, 28]}. */
  @Override
  public String toString() {
    return Arrays.stream(dimensions)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}

package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import java.io.Serializable;

/**
 * Height and width in pixels: of a kernel, of a stride, of a dilation. A job writes {@code 3} for a
 * square and {@code [3, 5]} for height 3 and width 5.
 *
 * @param height pixels from top to bottom, at least 1
 * @param width pixels from left to right, at least 1
 */
@PublicApi
public record Size(int height, int width) implements Serializable {
  public Size {
    Check.positive(height, "height");
    Check.positive(width, "width");
  }

  /** A square of this side. */
  public static Size of(int side) {
    return new Size(side, side);
  }

  /** The number of cells. */
  public int area() {
    return height * width;
  }

  @Override
  public String toString() {
    return height == width ? Integer.toString(height) : height + "x" + width;
  }
}

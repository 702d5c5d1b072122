package dev.convoy.image.filter;

import dev.convoy.image.Plane;
import java.util.List;

/**
 * Says which value shows black and which white.
 *
 * @param black this and all below shows 0
 * @param white this and all above shows 1
 */
public record Levels(double black, double white) {
  /** Those of a byte. */
  static final Levels BYTE = new Levels(0, 255);

  /**
   * The least and the greatest value of all planes.
   *
   * @param rounding differences up to this count as none
   */
  public static Levels of(List<Plane> planes, double rounding) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (Plane plane : planes) {
      double[] row = new double[plane.width()];
      for (int y = 0; y < plane.height(); y++) {
        plane.row(y, row, 0);
        for (double value : row) {
          least = Math.min(least, value);
          greatest = Math.max(greatest, value);
        }
      }
    }
    return new Levels(least, greatest - least <= rounding ? least : greatest);
  }

  /**
   * {@code (value - black) / (white - black)}, at least 0 and at most 1; 0 if both are the same.
   */
  public double unit(double value) {
    double span = white - black;
    return span == 0 ? 0 : Math.min(1, Math.max(0, (value - black) / span));
  }
}

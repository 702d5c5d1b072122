package dev.convoy.image;

import dev.convoy.api.PublicApi;
import dev.convoy.nn.layer.Size;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Brings a picture to another size, by linear interpolation over as many pixels as become one: a
 * triangle as wide as the scale, so that nothing is passed over in making a picture smaller.
 * Columns go first, then rows; sums are in double precision, and rounded once.
 *
 * @param shorterSide of the result in pixels, whose sides keep their ratio, the longer one rounded
 *     down; absent where {@code size} is given
 * @param size of the result whatever the ratio; absent where {@code shorterSide} is given
 */
@PublicApi
public record Resize(@Nullable Integer shorterSide, @Nullable Size size) implements Preprocessing {
  public Resize {
    if ((shorterSide == null) == (size == null)) {
      throw new IllegalArgumentException(
          "Resize.shorterSide must be given, or else size, but "
              + (size == null ? "none is" : "both are"));
    }
    if (shorterSide != null && shorterSide < 1) {
      throw new IllegalArgumentException(
          "Resize.shorterSide must be at least 1, but was " + shorterSide);
    }
  }

  /** Returns a resize to so many pixels of the shorter side, whose sides keep their ratio. */
  public static Resize shorterSide(int pixels) {
    return new Resize(pixels, null);
  }

  /** Returns a resize to this size, whatever the ratio of the sides. */
  public static Resize to(int height, int width) {
    return new Resize(null, new Size(height, width));
  }

  @Override
  public Picture apply(Picture picture, String name) {
    Shape from = picture.shape();
    long width = size == null ? side(from.width(), from) : size.width();
    long height = size == null ? side(from.height(), from) : size.height();
    if (width * height > Picture.MAX_PIXELS) {
      throw new DataException(
          String.format(
              "%s: resize must make at most %d pixels, but would make %d by %d of %d by %d",
              name, Picture.MAX_PIXELS, width, height, from.width(), from.height()));
    }
    Shape to = Shape.of(from.channels(), (int) height, (int) width);
    return to.equals(from) ? picture : new Picture(to, resize(picture, to));
  }

  private long side(int side, Shape from) {
    int shorter = Check.present(shorterSide, "Resize.shorterSide");
    return (long) side * shorter / Math.min(from.width(), from.height());
  }

  private static byte[] resize(Picture picture, Shape to) {
    Shape from = picture.shape();
    Interpolation columns = Interpolation.of(from.width(), to.width());
    Interpolation rows = Interpolation.of(from.height(), to.height());
    double[] narrowed = new double[from.height() * to.width()];
    double[] row = new double[from.width()];
    double[] sums = new double[to.width()];
    byte[] pixels = new byte[to.size()];
    int at = 0;
    for (int c = 0; c < to.channels(); c++) {
      for (int y = 0; y < from.height(); y++) {
        int first = (c * from.height() + y) * from.width();
        for (int x = 0; x < row.length; x++) {
          row[x] = picture.pixels()[first + x] & 0xFF;
        }
        narrow(row, columns, narrowed, y * to.width(), to.width());
      }
      for (int y = 0; y < to.height(); y++) {
        join(narrowed, rows, y, sums);
        for (double sum : sums) {
          pixels[at++] = (byte) Math.max(0, Math.min(255, Math.round(sum)));
        }
      }
    }
    return pixels;
  }

  private static void narrow(
      double[] row, Interpolation columns, double[] narrowed, int offset, int width) {
    for (int x = 0; x < width; x++) {
      double[] weights = columns.weights(x);
      int first = columns.first(x);
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        sum += weights[i] * row[first + i];
      }
      narrowed[offset + x] = sum;
    }
  }

  /** Adds row after row, so that the columns' sums go side by side. */
  private static void join(double[] narrowed, Interpolation rows, int y, double[] sums) {
    Arrays.fill(sums, 0);
    double[] weights = rows.weights(y);
    for (int i = 0; i < weights.length; i++) {
      double weight = weights[i];
      int from = (rows.first(y) + i) * sums.length;
      for (int x = 0; x < sums.length; x++) {
        sums[x] += weight * narrowed[from + x];
      }
    }
  }
}

package dev.convoy.image;

import dev.convoy.nn.layer.Size;
import dev.convoy.tensor.Shape;

/**
 * Brings a picture to another size, by linear interpolation over as many pixels as become one: a
 * triangle as wide as the scale, so that nothing is passed over in making a picture smaller.
 * Columns go first, then rows; sums are in double precision, and rounded once.
 *
 * @param shorterSide of the result in pixels, whose sides keep their ratio, the longer one rounded
 *     down; {@code null} where {@code size} is given
 * @param size of the result whatever the ratio; {@code null} where {@code shorterSide} is given
 */
public record Resize(Integer shorterSide, Size size) implements Preprocessing {
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
    return (long) side * shorterSide / Math.min(from.width(), from.height());
  }

  private static byte[] resize(Picture picture, Shape to) {
    Shape from = picture.shape();
    Interpolation columns = Interpolation.of(from.width(), to.width());
    Interpolation rows = Interpolation.of(from.height(), to.height());
    double[] narrowed = new double[from.height() * to.width()];
    byte[] pixels = new byte[to.size()];
    int at = 0;
    for (int c = 0; c < to.channels(); c++) {
      int plane = c * from.height() * from.width();
      for (int y = 0; y < from.height(); y++) {
        for (int x = 0; x < to.width(); x++) {
          double sum = 0;
          for (int i = columns.first(x); i < columns.end(x); i++) {
            sum += columns.weight(x, i) * (picture.pixels()[plane + y * from.width() + i] & 0xFF);
          }
          narrowed[y * to.width() + x] = sum;
        }
      }
      for (int y = 0; y < to.height(); y++) {
        for (int x = 0; x < to.width(); x++) {
          double sum = 0;
          for (int i = rows.first(y); i < rows.end(y); i++) {
            sum += rows.weight(y, i) * narrowed[i * to.width() + x];
          }
          pixels[at++] = (byte) Math.max(0, Math.min(255, Math.round(sum)));
        }
      }
    }
    return pixels;
  }
}

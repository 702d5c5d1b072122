package dev.convoy.image;

import dev.convoy.api.PublicApi;
import dev.convoy.nn.layer.Size;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
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
  /**
   * All rows are brought to the new width first, and a picture of one column may have millions of
   * them: so many pixels take a second or two.
   */
  private static final long MOST_BETWEEN = 4L * Picture.MAX_PIXELS;

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
    // A side alone may be so large that their product is none.
    if (Math.max(width, height) > Picture.MAX_PIXELS || width * height > Picture.MAX_PIXELS) {
      throw new DataException(
          String.format(
              "%s: resize must make at most %d pixels, but would make %d by %d of %d by %d",
              name, Picture.MAX_PIXELS, width, height, from.width(), from.height()));
    }
    if (from.height() * width > MOST_BETWEEN) {
      throw new DataException(
          String.format(
              "%s: resize must go through at most %d pixels on its way, but %d rows of %d are more",
              name, MOST_BETWEEN, from.height(), width));
    }
    Shape to = Shape.of(from.channels(), (int) height, (int) width);
    return to.equals(from) ? picture : new Picture(to, Resampling.resize(picture, to));
  }

  private long side(int side, Shape from) {
    int shorter = Check.present(shorterSide, "Resize.shorterSide");
    return (long) side * shorter / Math.min(from.width(), from.height());
  }
}

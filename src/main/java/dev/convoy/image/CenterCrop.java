package dev.convoy.image;

import dev.convoy.api.PublicApi;
import dev.convoy.nn.layer.Size;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;

/**
 * Keeps the middle of a picture; where what is cut off is odd, one pixel more goes at the right and
 * at the bottom.
 *
 * @param size of what is kept, which no picture may fall short of
 */
@PublicApi
public record CenterCrop(Size size) implements Preprocessing {
  public CenterCrop {
    Check.present(size, "CenterCrop.size");
  }

  /** Returns a crop to a square. */
  public static CenterCrop square(int side) {
    return new CenterCrop(Size.of(side));
  }

  @Override
  public Picture apply(Picture picture, String name) {
    Shape from = picture.shape();
    if (from.width() < size.width() || from.height() < size.height()) {
      throw new DataException(
          String.format(
              "%s: must be at least %d pixels wide and %d high for centerCrop, but is %d by %d",
              name, size.width(), size.height(), from.width(), from.height()));
    }
    Shape to = Shape.of(from.channels(), size.height(), size.width());
    int left = (from.width() - to.width()) / 2;
    int top = (from.height() - to.height()) / 2;
    byte[] pixels = new byte[to.size()];
    for (int c = 0; c < to.channels(); c++) {
      for (int y = 0; y < to.height(); y++) {
        int source = (c * from.height() + top + y) * from.width() + left;
        System.arraycopy(
            picture.pixels(), source, pixels, (c * to.height() + y) * to.width(), to.width());
      }
    }
    return new Picture(to, pixels);
  }
}

package dev.convoy.image;

import dev.convoy.nn.layer.Size;
import dev.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** Pictures side by side in one, a row for each of several kinds, to be looked at. */
public final class ContactSheet {
  /** Side of the square that a picture gets. */
  private static final int CELL = 64;

  private static final int GAP = 4;
  private static final byte GROUND = (byte) 0xE8;

  private ContactSheet() {}

  /**
   * Draws rows of pictures, each brought to the same size, with its sides' ratio.
   *
   * @param rows from the top, each from the left; one at least
   */
  public static Picture of(List<List<Picture>> rows) {
    int columns = Math.max(1, rows.stream().mapToInt(List::size).max().orElse(1));
    int step = CELL + GAP;
    Shape shape = Shape.of(3, rows.size() * step + GAP, columns * step + GAP);
    byte[] pixels = new byte[shape.size()];
    Arrays.fill(pixels, GROUND);
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < rows.get(row).size(); column++) {
        draw(rows.get(row).get(column), GAP + row * step, GAP + column * step, shape, pixels);
      }
    }
    return new Picture(shape, pixels);
  }

  private static void draw(Picture picture, int top, int left, Shape sheet, byte[] pixels) {
    Shape from = picture.shape();
    int longer = Math.max(from.height(), from.width());
    int height = Math.max(1, from.height() * CELL / longer);
    int width = Math.max(1, from.width() * CELL / longer);
    byte[] small =
        new Resize(null, new Size(height, width)).apply(picture, "a picture of the sheet").pixels();
    for (int c = 0; c < 3; c++) {
      int plane = from.channels() == 1 ? 0 : c * height * width;
      for (int y = 0; y < height; y++) {
        int row = top + (CELL - height) / 2 + y;
        int to = (c * sheet.height() + row) * sheet.width() + left + (CELL - width) / 2;
        System.arraycopy(small, plane + y * width, pixels, to, width);
      }
    }
  }
}

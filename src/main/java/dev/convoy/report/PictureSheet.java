package dev.convoy.report;

import dev.convoy.image.Picture;
import dev.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Pictures of one size in rows, on a white ground, enlarged by a whole number where they are small;
 * the first column stands a little apart.
 */
public final class PictureSheet {
  private static final int MARGIN = 4;

  /** What lies between the first column and the others, beyond the margin. */
  private static final int GAP = 12;

  /** Smaller pictures are enlarged to about this many pixels. */
  private static final int READABLE = 64;

  private static final byte WHITE = (byte) 255;

  private PictureSheet() {}

  /**
   * The sheet.
   *
   * @param shape of each picture, of one channel or three
   * @param rows pixels of the pictures of each row, as many in each
   */
  public static Picture of(Shape shape, List<List<byte[]>> rows) {
    int scale = Math.max(1, READABLE / Math.max(shape.height(), shape.width()));
    int columns = rows.get(0).size();
    int height = MARGIN + rows.size() * (scale * shape.height() + MARGIN);
    int width = MARGIN + columns * (scale * shape.width() + MARGIN) + (columns > 1 ? GAP : 0);
    Picture.checkSize(width, height, "A sheet of pictures");
    Shape all = Shape.of(shape.channels(), height, width);
    byte[] pixels = new byte[all.size()];
    Arrays.fill(pixels, WHITE);
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < columns; column++) {
        int top = MARGIN + row * (scale * shape.height() + MARGIN);
        int left = MARGIN + column * (scale * shape.width() + MARGIN) + (column > 0 ? GAP : 0);
        draw(rows.get(row).get(column), shape, scale, pixels, all, top, left);
      }
    }
    return new Picture(all, pixels);
  }

  private static void draw(
      byte[] picture, Shape shape, int scale, byte[] pixels, Shape all, int top, int left) {
    for (int c = 0; c < shape.channels(); c++) {
      for (int y = 0; y < scale * shape.height(); y++) {
        int source = (c * shape.height() + y / scale) * shape.width();
        int at = (c * all.height() + top + y) * all.width() + left;
        for (int x = 0; x < scale * shape.width(); x++) {
          pixels[at + x] = picture[source + x / scale];
        }
      }
    }
  }
}

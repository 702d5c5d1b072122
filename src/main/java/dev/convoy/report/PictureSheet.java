package dev.convoy.report;

import dev.convoy.image.Picture;
import dev.convoy.image.Resize;
import dev.convoy.nn.layer.Size;
import dev.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Pictures in rows on a white ground, to be looked at: small ones are enlarged by a whole number,
 * so that their pixels can be told apart, and larger ones than are wanted made smaller, with their
 * sides' ratio. Each stands in the middle of a cell as large as the largest.
 */
public final class PictureSheet {
  private static final int MARGIN = 4;

  /** The pixels beyond the margin between a first column that stands apart and the others. */
  private static final int GAP = 12;

  /** Smaller pictures are enlarged to about this many pixels. */
  public static final int READABLE = 64;

  private static final byte WHITE = (byte) 255;

  private final Shape cell;
  private final Shape shape;
  private final int gap;
  private final byte[] pixels;

  private PictureSheet(List<List<Picture>> rows, int gap) {
    List<Shape> shapes = rows.stream().flatMap(List::stream).map(Picture::shape).toList();
    this.gap = gap;
    cell =
        Shape.of(
            shapes.stream().mapToInt(Shape::channels).max().orElse(1),
            shapes.stream().mapToInt(Shape::height).max().orElse(READABLE),
            shapes.stream().mapToInt(Shape::width).max().orElse(READABLE));
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    long height = MARGIN + (long) rows.size() * (cell.height() + MARGIN);
    long width = MARGIN + (long) columns * (cell.width() + MARGIN) + (columns > 1 ? gap : 0);
    Picture.checkSize(
        (int) Math.min(Integer.MAX_VALUE, width),
        (int) Math.min(Integer.MAX_VALUE, height),
        "A sheet of pictures");
    shape = Shape.of(cell.channels(), (int) height, (int) width);
    pixels = new byte[shape.size()];
    Arrays.fill(pixels, WHITE);
  }

  /**
   * The sheet.
   *
   * @param rows from the top, each from the left; grey or in colour
   * @param largest side in pixels that a picture may have on the sheet
   * @param firstApart whether the first column stands a little apart
   */
  public static Picture of(List<List<Picture>> rows, int largest, boolean firstApart) {
    List<List<Picture>> shown =
        rows.stream().map(row -> row.stream().map(p -> shown(p, largest)).toList()).toList();
    PictureSheet sheet = new PictureSheet(shown, firstApart ? GAP : 0);
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < rows.get(row).size(); column++) {
        sheet.draw(shown.get(row).get(column), row, column);
      }
    }
    return new Picture(sheet.shape, sheet.pixels);
  }

  private static Picture shown(Picture picture, int largest) {
    Shape from = picture.shape();
    int longer = Math.max(from.height(), from.width());
    if (longer > largest) {
      int height = (int) Math.max(1, (long) from.height() * largest / longer);
      int width = (int) Math.max(1, (long) from.width() * largest / longer);
      return new Resize(null, new Size(height, width)).apply(picture, "A picture of the sheet");
    }
    return enlarged(picture, Math.max(1, READABLE / longer));
  }

  private static Picture enlarged(Picture picture, int scale) {
    Shape from = picture.shape();
    Shape to = Shape.of(from.channels(), scale * from.height(), scale * from.width());
    byte[] pixels = new byte[to.size()];
    int at = 0;
    for (int c = 0; c < to.channels(); c++) {
      for (int y = 0; y < to.height(); y++) {
        int source = (c * from.height() + y / scale) * from.width();
        for (int x = 0; x < to.width(); x++) {
          pixels[at++] = picture.pixels()[source + x / scale];
        }
      }
    }
    return new Picture(to, pixels);
  }

  private void draw(Picture picture, int row, int column) {
    Shape from = picture.shape();
    int top = MARGIN + row * (cell.height() + MARGIN) + (cell.height() - from.height()) / 2;
    int left = MARGIN + column * (cell.width() + MARGIN) + (column > 0 ? gap : 0);
    left += (cell.width() - from.width()) / 2;
    for (int c = 0; c < shape.channels(); c++) {
      int plane = from.channels() == 1 ? 0 : c * from.height() * from.width();
      for (int y = 0; y < from.height(); y++) {
        int at = (c * shape.height() + top + y) * shape.width() + left;
        System.arraycopy(picture.pixels(), plane + y * from.width(), pixels, at, from.width());
      }
    }
  }
}

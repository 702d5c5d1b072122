package dev.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.image.Picture;
import dev.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureSheetTest {
  @Test
  void picturesStandInRowsEnlargedByAWholeNumber() {
    Shape shape = Shape.of(1, 20, 30);
    Picture first = new Picture(shape, new byte[600]);
    Picture second = new Picture(shape, new byte[600]);
    second.pixels()[29] = 77; // the right end of the first row
    Picture sheet =
        PictureSheet.of(List.of(List.of(first, second), List.of(second, first)), 64, true);
    // Twice the size: 40 high and 60 wide, margins of 4, and 12 behind the first column.
    assertEquals(Shape.of(1, 4 + 2 * 44, 4 + 2 * 64 + 12), sheet.shape());
    int width = sheet.shape().width();
    assertEquals(255, sheet.pixels()[0] & 0xFF);
    assertEquals(0, sheet.pixels()[4 * width + 4]);
    assertEquals(255, sheet.pixels()[4 * width + 64] & 0xFF);
    int left = 4 + 64 + 12;
    assertEquals(77, sheet.pixels()[5 * width + left + 58]);
    assertEquals(77, sheet.pixels()[4 * width + left + 59]);
    assertEquals(0, sheet.pixels()[4 * width + left + 57]);
    assertEquals(77, sheet.pixels()[(4 + 44) * width + 4 + 59]);
  }

  @Test
  void largerPicturesAreMadeSmallerAndStandInTheMiddleOfACell() {
    Picture wide = new Picture(Shape.of(1, 100, 200), new byte[20_000]);
    byte[] red = new byte[3 * 64 * 64];
    Arrays.fill(red, 0, 64 * 64, (byte) 200);
    Picture square = new Picture(Shape.of(3, 64, 64), red);
    Picture sheet = PictureSheet.of(List.of(List.of(wide), List.of(square, wide)), 64, false);
    assertEquals(Shape.of(3, 4 + 2 * 68, 4 + 2 * 68), sheet.shape());
    int width = sheet.shape().width();
    int plane = width * sheet.shape().height();
    for (int c = 0; c < 3; c++) {
      // 32 high of 64, in each channel alike.
      assertEquals(255, sheet.pixels()[c * plane + (4 + 15) * width + 4] & 0xFF);
      assertEquals(0, sheet.pixels()[c * plane + (4 + 16) * width + 4]);
      assertEquals(0, sheet.pixels()[c * plane + (4 + 47) * width + 67]);
      assertEquals(255, sheet.pixels()[c * plane + (4 + 48) * width + 67] & 0xFF);
      assertEquals(c == 0 ? 200 : 0, sheet.pixels()[c * plane + 72 * width + 4] & 0xFF);
    }
  }
}

package dev.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.image.Picture;
import dev.convoy.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureSheetTest {
  @Test
  void picturesStandInRowsEnlargedByAWholeNumber() {
    Shape shape = Shape.of(1, 20, 30);
    byte[] first = new byte[600];
    byte[] second = new byte[600];
    second[29] = 77; // the right end of the first row
    Picture sheet = PictureSheet.of(shape, List.of(List.of(first, second), List.of(second, first)));
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
}

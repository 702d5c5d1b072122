package dev.convoy.report.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class MapSheetTest {
  private static byte[] bytes(MapSheet sheet) {
    return Base64.getDecoder().decode(sheet.bytes());
  }

  @Test
  void theLargestAmountIs127() {
    float[] values = {0, 1, -2, 0.5f};
    MapSheet sheet = MapSheet.of(Shape.of(1, 2, 2), values, 10, 100);
    assertEquals(2, sheet.limit());
    assertArrayEquals(new byte[] {0, 64, -127, 32}, bytes(sheet));
  }

  @Test
  void largeMapsAreShrunkToMeans() {
    float[] values = {1, 3, 8, 1, 3, 8, 6, 6, -4};
    MapSheet sheet = MapSheet.of(Shape.of(1, 3, 3), values, 2, 100);
    assertEquals(2, sheet.shrink());
    assertEquals(8, sheet.limit());
    assertArrayEquals(new byte[] {32, 127, 95, -63}, bytes(sheet));
  }

  @Test
  void manyMapsAreCapped() {
    MapSheet sheet = MapSheet.of(Shape.of(50, 2, 2), new float[200], 10, 40);
    assertEquals(10, sheet.count());
    assertEquals(50, sheet.all());
    assertEquals(40, bytes(sheet).length);
    assertEquals(32, MapSheet.of(Shape.of(50, 2, 2), new float[200], 10, 4000).count());
    assertEquals(4, MapSheet.of(Shape.of(50, 2, 2), new float[200], 10, 1).count());
  }

  @Test
  void aVectorIsAMapOfRowsFilledUpWithZeros() {
    float[] values = new float[40];
    Arrays.fill(values, 1);
    MapSheet sheet = MapSheet.of(Shape.of(40), values, 50, 1000);
    assertEquals(2, sheet.height());
    assertEquals(32, sheet.width());
    assertEquals(127, bytes(sheet)[39]);
    assertEquals(0, bytes(sheet)[40]);
  }
}

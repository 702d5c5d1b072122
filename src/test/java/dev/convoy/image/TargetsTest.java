package dev.convoy.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.tensor.Shape;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetsTest {
  private static final Targets CLASSES = Targets.classes(new int[] {4, 7, ImageBlock.NO_LABEL});
  private static final Targets BYTES = Targets.bytes(2, new byte[] {1, 0, (byte) 200, 3, 4, 5});
  private static final Targets FLOATS = Targets.floats(2, new float[] {1.5f, -2, 3, 4, 5, 6});

  @Test
  void eachKindKnowsItsSize() {
    for (Targets targets : List.of(CLASSES, BYTES, FLOATS)) {
      assertEquals(3, targets.size());
      assertEquals(targets == CLASSES ? 0 : 2, targets.width());
    }
  }

  @Test
  void bytesAreUnsigned() {
    assertEquals(200, BYTES.value(1, 0));
    assertEquals(3, BYTES.value(1, 1));
  }

  @Test
  void theyMoveFromOneColumnToAnother() {
    for (Targets targets : List.of(CLASSES, BYTES, FLOATS)) {
      Targets turned = targets.room(3);
      for (int i = 0; i < 3; i++) {
        turned.put(2 - i, targets, i);
      }
      for (int i = 0; i < 3; i++) {
        assertEquals(written(targets, i), written(turned, 2 - i));
      }
    }
  }

  @Test
  void theyAreWrittenBigEndian() {
    assertEquals("00000007", written(CLASSES, 1));
    assertEquals("ffffffff", written(CLASSES, 2));
    assertEquals("c803", written(BYTES, 1));
    assertEquals("3fc00000c0000000", written(FLOATS, 0));
  }

  private static String written(Targets targets, int image) {
    ByteBuffer buffer = ByteBuffer.allocate(targets.imageBytes());
    targets.write(image, buffer);
    return HexFormat.of().formatHex(buffer.array());
  }

  @Test
  void vectorsHaveNoClasses() {
    assertArrayEquals(new int[0], BYTES.classes());
    assertArrayEquals(new int[] {4, 7, -1}, CLASSES.classes());
  }

  @Test
  void partsOfAVectorAreRefused() {
    assertEquals(
        "Targets.width must be at least 1 and divide the number of values, 3, but was 2",
        assertThrows(IllegalArgumentException.class, () -> Targets.floats(2, new float[3]))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> Targets.bytes(0, new byte[0]));
  }

  @Test
  void aBlockNeedsATargetForEachImage() {
    assertEquals(
        "ImageBlock needs as many labels as ids, but got 3 and 2",
        assertThrows(
                IllegalArgumentException.class,
                () -> new ImageBlock(Shape.of(1, 1, 1), new int[2], FLOATS, new byte[2]))
            .getMessage());
  }
}

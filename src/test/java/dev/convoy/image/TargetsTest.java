package dev.convoy.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    ByteBuffer buffer = ByteBuffer.allocate(targets.imageBytes(image));
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

  /** A set in which nothing weighs other than 1 must keep the bytes that it had. */
  @Test
  void aWeightIsWrittenWhereItIsNotOne() {
    Targets weighted = Targets.classes(new int[] {4, 7, 9}).weighing(new float[] {1, 2, 0});
    assertEquals("00000004", written(weighted, 0));
    assertEquals("0000000740000000", written(weighted, 1));
    assertEquals("0000000900000000", written(weighted, 2));
    assertEquals("c80340000000", written(weightedBytes(), 1));
  }

  private static Targets weightedBytes() {
    return Targets.bytes(2, new byte[] {1, 0, (byte) 200, 3}).weighing(new float[] {1, 2});
  }

  @Test
  void weightsThatAreAllOneAreNone() {
    Targets targets = Targets.classes(new int[2]).weighing(new float[] {1, 1});
    assertFalse(targets.areWeighted());
    targets.put(1, Target.ofClass(3));
    assertFalse(targets.areWeighted());
    targets.put(1, Target.ofClass(3).weighing(0.5f));
    assertTrue(targets.areWeighted());
    assertEquals(1, targets.weight(0));
    assertEquals(0.5f, targets.weight(1));
  }

  @Test
  void weightsMoveWithTheirImages() {
    Targets plain = Targets.floats(2, new float[] {1, 2, 3, 4});
    Targets weighted = Targets.floats(2, new float[] {5, 6, 7, 8}).weighing(new float[] {1, 3});
    for (Targets room : List.of(plain.room(3), weighted.room(3))) {
      room.put(0, weighted, 1);
      room.put(1, plain, 0);
      room.put(2, weighted, 1);
      room.put(2, plain, 1);
      assertEquals(List.of(3f, 1f, 1f), List.of(room.weight(0), room.weight(1), room.weight(2)));
      assertEquals(3, room.resized(2).weight(0));
      assertEquals(2, room.resized(2).size());
      assertEquals(1, room.resized(9).weight(8));
    }
  }

  @Test
  void targetsGoInOneByOne() {
    Target vector = Target.ofValues(0.5f, -1).weighing(4);
    Targets vectors = Targets.room(vector, 2);
    vectors.put(1, vector);
    assertEquals("3f000000bf80000040800000", written(vectors, 1));
    Targets classes = Targets.room(Target.NONE, 1);
    classes.put(0, Target.ofClass(7));
    assertArrayEquals(new int[] {7}, classes.classes());
    assertEquals(
        "Targets of 2 values must all be so, 0 for class numbers, but one has 0",
        assertThrows(IllegalArgumentException.class, () -> vectors.put(0, Target.ofClass(1)))
            .getMessage());
  }

  @Test
  void weightsAreFiniteAndNotNegative() {
    for (float wrong : new float[] {-1, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertEquals(
          "Target.weight must be at least 0, but was " + wrong,
          assertThrows(IllegalArgumentException.class, () -> Target.ofClass(1).weighing(wrong))
              .getMessage());
      assertThrows(
          IllegalArgumentException.class,
          () -> Targets.classes(new int[1]).weighing(new float[] {wrong}));
    }
    assertThrows(IllegalArgumentException.class, () -> Target.ofValues());
  }
}

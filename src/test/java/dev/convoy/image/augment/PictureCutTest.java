package dev.convoy.image.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.ImageBlock;
import dev.convoy.image.Normalization;
import dev.convoy.image.Picture;
import dev.convoy.image.Resize;
import dev.convoy.nn.layer.Size;
import dev.convoy.random.Purpose;
import dev.convoy.random.SeededRandom;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.SampleImages;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PictureCutTest {
  private static final Shape INPUT = Shape.of(3, 4, 5);
  private static final byte[] GROUND = {11, 12, 13};

  /** Each pixel's value tells its row and column; each channel is 100 more than the one before. */
  private static Picture numbered(int height, int width) {
    byte[] pixels = new byte[3 * height * width];
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < height * width; i++) {
        pixels[c * height * width + i] = (byte) (20 + i + 60 * c);
      }
    }
    return new Picture(Shape.of(3, height, width), pixels);
  }

  private static SeededRandom random(int key) {
    return SeededRandom.of(5, Purpose.AUGMENTATION, key);
  }

  @Test
  void aWindowOfTheInputsSizeIsCutOutAnywhere() {
    Picture picture = numbered(6, 8);
    Set<Integer> corners = new TreeSet<>();
    for (int key = 0; key < 300; key++) {
      byte[] cut =
          new RandomCrop(null, CropSource.RESIZED).cut(picture, INPUT, GROUND, random(key));
      int first = (cut[0] & 0xFF) - 20;
      corners.add(first);
      for (int c = 0; c < 3; c++) {
        for (int y = 0; y < 4; y++) {
          for (int x = 0; x < 5; x++) {
            int expected = 20 + first + y * 8 + x + 60 * c;
            assertEquals((byte) expected, cut[(c * 4 + y) * 5 + x]);
          }
        }
      }
    }
    assertEquals(Set.of(0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19), corners);
  }

  @Test
  void aBorderHasTheColourOfTheGround() {
    Picture picture = numbered(4, 5);
    Set<String> results = new TreeSet<>();
    for (int key = 0; key < 300; key++) {
      byte[] cut = new RandomCrop(1, CropSource.RESIZED).cut(picture, INPUT, GROUND, random(key));
      results.add(Changed.text(cut));
    }
    assertEquals(9, results.size());
    byte[] downAndRight = new byte[60];
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < 4; y++) {
        for (int x = 0; x < 5; x++) {
          boolean inside = y + 1 < 4 && x + 1 < 5;
          downAndRight[(c * 4 + y) * 5 + x] =
              inside ? (byte) (20 + (y + 1) * 5 + x + 1 + 60 * c) : GROUND[c];
        }
      }
    }
    assertTrue(results.contains(Changed.text(downAndRight)));
  }

  @Test
  void aPartIsBroughtToTheInputsSizeAsResizeDoes() {
    Picture picture = numbered(6, 6);
    Size size = new Size(4, 5);
    RandomResizedCrop whole =
        new RandomResizedCrop(new float[] {1, 1}, new float[] {1, 1}, CropSource.PICTURE);
    assertArrayEquals(
        new Resize(null, size).apply(picture, "p").pixels(),
        whole.cut(picture, INPUT, GROUND, random(1)));
    // No part of this ratio has the whole area of a picture that is twice as wide: the middle.
    Picture wide = numbered(3, 6);
    byte[] middle = new byte[27];
    for (int i = 0; i < 27; i++) {
      middle[i] = wide.pixels()[i / 9 * 18 + i % 9 / 3 * 6 + 1 + i % 3];
    }
    assertArrayEquals(
        new Resize(null, size).apply(new Picture(Shape.of(3, 3, 3), middle), "p").pixels(),
        whole.cut(wide, INPUT, GROUND, random(1)));
  }

  @Test
  void partsOfAnyPictureLieInIt() {
    for (int height : new int[] {1, 2, 7, 30}) {
      for (int width : new int[] {1, 3, 40}) {
        Picture picture =
            new Picture(Shape.of(3, height, width), filled(3 * height * width, (byte) 200));
        for (int key = 0; key < 50; key++) {
          byte[] cut =
              new RandomResizedCrop(null, null, CropSource.PICTURE)
                  .cut(picture, INPUT, GROUND, random(key));
          assertArrayEquals(filled(60, (byte) 200), cut);
        }
      }
    }
  }

  private static byte[] filled(int size, byte value) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, value);
    return bytes;
  }

  @Test
  void whatIsDrawnDependsOnTheKeyAndTheIdAlone() {
    ImageBlock block = SampleImages.random(12, Shape.of(3, 9, 9), 3, 5);
    PictureCut cut =
        PictureCut.of(
            List.of(new RandomCrop(null, CropSource.RESIZED), new HorizontalFlip(null)),
            INPUT,
            Normalization.none(3));
    ImageBlock some = cut.cut(block, new int[] {7, 2}, 77);
    ImageBlock others = cut.cut(SampleImages.choose(block, new int[] {2, 5, 7}), new int[] {2}, 77);
    assertArrayEquals(Arrays.copyOf(some.pixels(), 60), others.pixels());
    assertEquals(INPUT, some.shape());
    assertEquals(block.ids()[2], some.ids()[1]);
    assertEquals(block.labels()[2], some.labels()[1]);
    assertNull(PictureCut.of(List.of(new RandomCrop(2), new HorizontalFlip(null)), INPUT, null));
  }

  @Test
  void wholePicturesHaveNoBorder() {
    assertThrows(IllegalArgumentException.class, () -> new RandomCrop(null, CropSource.PICTURE));
    assertThrows(IllegalArgumentException.class, () -> new RandomCrop(null, CropSource.INPUT));
    assertThrows(IllegalArgumentException.class, () -> new RandomCrop(0, CropSource.RESIZED));
    assertEquals(0, new RandomCrop(null, CropSource.RESIZED).padding());
  }
}

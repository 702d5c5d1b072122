package dev.convoy.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.image.DataException;
import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.IdxBytes;
import dev.convoy.testing.SampleImages;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataSummaryTest {
  private static final ImageBlock SMALL =
      new ImageBlock(
          Shape.of(1, 1, 2),
          new int[] {0, 1, 2},
          new int[] {2, 0, 2},
          new byte[] {1, 2, 3, 4, 5, 6});

  @Test
  void countsImagesAndClasses() {
    DataSummary summary = summary(SMALL, 4, false);
    assertEquals(Shape.of(1, 1, 2), summary.shape());
    assertEquals(3, summary.count());
    assertEquals(List.of(1, 0, 2, 0), summary.perClass());
  }

  /** As {@code sha256sum} has it of {@code 1 1 2, 2 01 02, 0 03 04, 2 05 06}. */
  @Test
  void theFingerprintIsOfShapeLabelsAndPixels() {
    assertEquals(
        "fa25af9e9acd8b3adb56a0899a59263e459d4d26598d87c92bd5a6c13289a0ee",
        summary(SMALL, 4, false).fingerprint());
  }

  @Test
  void theFingerprintDependsOnTheImagesAndNotOnTheirFile() {
    // Large enough for several pieces.
    ImageBlock images = SampleImages.random(3000, Shape.of(1, 28, 28), 10, 3);
    String fingerprint = summary(images, 10, false).fingerprint();
    assertEquals(fingerprint, summary(images, 10, true).fingerprint());
    images.pixels()[images.pixels().length - 1] ^= 1;
    assertNotEquals(fingerprint, summary(images, 10, false).fingerprint());
    images.pixels()[images.pixels().length - 1] ^= 1;
    assertEquals(fingerprint, summary(images, 10, false).fingerprint());
    images.labels()[1500] = (images.labels()[1500] + 1) % 10;
    assertNotEquals(fingerprint, summary(images, 10, false).fingerprint());
  }

  @Test
  void theFingerprintDependsOnTheShape() {
    ImageBlock wide = SampleImages.random(5, Shape.of(1, 2, 8), 10, 3);
    ImageBlock high = new ImageBlock(Shape.of(1, 8, 2), wide.ids(), wide.labels(), wide.pixels());
    assertNotEquals(summary(wide, 10, false).fingerprint(), summary(high, 10, false).fingerprint());
  }

  @Test
  void aLabelThatIsNoClassIsFound() {
    assertThrows(DataException.class, () -> summary(SMALL, 2, false));
  }

  @Test
  void imagesWithoutLabelsAreCounted() {
    byte[] bytes = IdxBytes.images(SMALL);
    try (IdxImages images = IdxImages.open(path -> new ByteArrayInputStream(bytes), "images")) {
      DataSummary summary = DataSummary.of(images, 0);
      assertEquals(3, summary.count());
      assertEquals(List.of(), summary.perClass());
    }
  }

  private static DataSummary summary(ImageBlock block, int classes, boolean gzip) {
    byte[] images = IdxBytes.images(block);
    byte[] labels = IdxBytes.labels(block);
    FileOpener opener =
        path -> {
          byte[] bytes = path.equals("images") ? images : labels;
          return new ByteArrayInputStream(gzip ? IdxBytes.gzip(bytes) : bytes);
        };
    try (IdxImages stream = IdxImages.open(opener, "images", "labels", classes)) {
      return DataSummary.of(stream, classes);
    }
  }
}

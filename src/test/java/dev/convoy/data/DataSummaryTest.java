package dev.convoy.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.image.DataException;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.Targets;
import dev.convoy.loss.BinaryCrossEntropy;
import dev.convoy.loss.Loss;
import dev.convoy.loss.MeanSquaredError;
import dev.convoy.loss.Task;
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
    assertEquals(3, summary.classRuns());
    assertEquals(Task.CLASSIFICATION, summary.task());
    assertEquals(2, summary.exampleBytes());
  }

  /**
   * As {@code sha256sum} has it of {@code 1 1 2} and the digests of {@code 2 01 02}, {@code 0 03
   * 04} and {@code 2 05 06}.
   */
  @Test
  void theFingerprintIsOfShapeLabelsAndPixels() {
    assertEquals(
        "2901e0d572dea447fffb87c808a8e5f54002115d067655f339c371a42b939b4e",
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

  /**
   * As {@code sha256sum} has it of {@code 1 1 2} and the digests of {@code 01 00 0102}, {@code 01
   * 01 0304} and {@code 00 00 0506}.
   */
  @Test
  void theFingerprintOfVectorsOfBytesTakesThemAsTheyAre() {
    ImageBlock block = withTargets(Targets.bytes(2, new byte[] {1, 0, 1, 1, 0, 0}));
    DataSummary summary = vectors(block, IdxBytes.byteVectors(block), new BinaryCrossEntropy());
    assertEquals(
        "d8ac7bb9c7b2559f902620d8423f7097a99e51764b694a9553915aee3f18ef2b", summary.fingerprint());
    assertEquals(Task.MULTI_LABEL, summary.task());
    assertEquals(4, summary.exampleBytes());
    assertEquals(List.of(0, 0), summary.perClass());
  }

  /**
   * The same, each value as four bytes of a float: 1.5 is {@code 3fc00000}, -2 {@code c0000000}.
   */
  @Test
  void theFingerprintOfVectorsOfFloatsTakesThemBigEndian() {
    ImageBlock block = withTargets(Targets.floats(2, new float[] {1.5f, 0, -2, 1.5f, 0, 0}));
    DataSummary summary = vectors(block, IdxBytes.floatVectors(block), new MeanSquaredError());
    assertEquals(
        "81d2dacc5131087cdbed23a9acf2fc4a77892709d0641861a400a2c6d2a70e77", summary.fingerprint());
    assertEquals(Task.REGRESSION, summary.task());
    assertEquals(10, summary.exampleBytes());
  }

  private static ImageBlock withTargets(Targets targets) {
    return new ImageBlock(SMALL.shape(), SMALL.ids(), targets, SMALL.pixels());
  }

  private static DataSummary vectors(ImageBlock block, byte[] labels, Loss loss) {
    byte[] images = IdxBytes.images(block);
    FileOpener opener = path -> new ByteArrayInputStream(path.equals("images") ? images : labels);
    LabelRule rule = new LabelRule(2, loss);
    try (IdxImages stream = IdxImages.open(opener, "images", "labels", rule)) {
      return DataSummary.of(stream, 2);
    }
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

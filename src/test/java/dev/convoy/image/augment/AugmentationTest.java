package dev.convoy.image.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.tensor.Shape;
import dev.convoy.testing.RandomSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each change of one image, by hand on small ones. */
class AugmentationTest {
  private static final Shape WIDE = Shape.of(2, 2, 3);
  private static final byte[] IMAGE = Changed.bytes(1, 2, 3, 4, 5, 6, 201, 202, 203, 204, 205, 206);
  private static final byte[] GROUND = Changed.bytes(10, 250);
  private static final String SAME = Changed.text(IMAGE);

  private static List<String> results(PictureAugmentation augmentation, int keys) {
    return Changed.results(augmentation, WIDE, GROUND, IMAGE, keys);
  }

  static Stream<PictureAugmentation> all() {
    return Stream.of(
        new ColorJitter(0.5, 0.4, 0, 0),
        new Cutout(2, null),
        new HorizontalFlip(null),
        new RandomCrop(1),
        new RandomResizedCrop(null, null),
        new Rotate(40),
        new VerticalFlip(null));
  }

  @ParameterizedTest
  @MethodSource("all")
  void theSameNumbersGiveTheSameImageAndOthersAnother(PictureAugmentation augmentation) {
    List<String> once = results(augmentation, 40);
    assertEquals(once, results(augmentation, 40));
    assertTrue(new HashSet<>(once).size() > 1);
  }

  @Test
  void flipsMirrorRowsOrColumns() {
    assertEquals("3 2 1 6 5 4 203 202 201 206 205 204", results(new HorizontalFlip(1.0), 1).get(0));
    assertEquals("4 5 6 1 2 3 204 205 206 201 202 203", results(new VerticalFlip(1.0), 1).get(0));
    assertEquals(Set.of(SAME), Set.copyOf(results(new HorizontalFlip(0.0), 50)));
    assertEquals(Set.of(SAME), Set.copyOf(results(new VerticalFlip(0.0), 50)));
  }

  @Test
  void aFlipsShareOfTheImagesIsMirrored() {
    int mirrored = 4000 - Collections.frequency(results(new HorizontalFlip(0.25), 4000), SAME);
    assertEquals(1000, mirrored, 110); // four deviations
    mirrored = 4000 - Collections.frequency(results(new VerticalFlip(null), 4000), SAME);
    assertEquals(2000, mirrored, 127);
  }

  @Test
  void aCropIsEveryShiftByUpToItsPaddingEquallyOften() {
    List<String> results = results(new RandomCrop(1), 9000);
    Set<String> different = Set.copyOf(results);
    assertEquals(9, different.size());
    assertTrue(
        different.containsAll(
            List.of(
                SAME,
                "10 10 10 10 1 2 250 250 250 250 201 202", // down and to the right
                "5 6 10 10 10 10 205 206 250 250 250 250",
                "2 3 10 5 6 10 202 203 250 205 206 250",
                "10 10 10 1 2 3 250 250 250 201 202 203")));
    for (String shift : different) {
      assertEquals(1000, Collections.frequency(results, shift), 126, shift);
    }
  }

  @Test
  void cutoutCoversASquareAroundAnyPixel() {
    Set<String> ofOne = Set.copyOf(results(new Cutout(1, null), 500));
    assertEquals(6, ofOne.size());
    assertTrue(ofOne.contains("1 2 3 4 10 6 201 202 203 204 250 206"));
    // Of side 2 the middle is the pixel below and right of its first: three columns, two rows.
    assertEquals(
        Set.of(
            "10 2 3 4 5 6 250 202 203 204 205 206",
            "10 10 3 4 5 6 250 250 203 204 205 206",
            "1 10 10 4 5 6 201 250 250 204 205 206",
            "10 2 3 10 5 6 250 202 203 250 205 206",
            "10 10 3 10 10 6 250 250 203 250 250 206",
            "1 10 10 4 10 10 201 250 250 204 250 250"),
        Set.copyOf(results(new Cutout(2, null), 500)));
    assertEquals(Set.of(SAME), Set.copyOf(results(new Cutout(2, 0.0), 50)));
  }

  @Test
  void turnsByRightAnglesMovePixelsExactly() {
    Shape square = Shape.of(1, 3, 3);
    byte[] image = Changed.bytes(1, 2, 3, 4, 5, 6, 7, 8, 9);
    Rotate.Turn turn = new Rotate.Turn(square, Changed.bytes(100));
    byte[] to = new byte[9];
    turn.apply(image, 0, to, 0, Math.PI / 2);
    assertEquals("7 4 1 8 5 2 9 6 3", Changed.text(to)); // to the right
    turn.apply(image, 0, to, 0, -Math.PI / 2);
    assertEquals("3 6 9 2 5 8 1 4 7", Changed.text(to));
    turn.apply(image, 0, to, 0, Math.PI);
    assertEquals("9 8 7 6 5 4 3 2 1", Changed.text(to));
    turn.apply(image, 0, to, 0, 0);
    assertEquals(Changed.text(image), Changed.text(to));
  }

  @Test
  void aTurnByHalfARightAngleShowsTheGroundInTheCorners() {
    byte[] image = new byte[81];
    Arrays.fill(image, (byte) 200);
    byte[] to = new byte[81];
    new Rotate.Turn(Shape.of(1, 9, 9), Changed.bytes(100)).apply(image, 0, to, 0, Math.PI / 4);
    for (int corner : new int[] {0, 8, 72, 80}) {
      assertEquals(100, to[corner] & 0xFF);
    }
    assertEquals(200, to[40] & 0xFF);
    assertEquals(200, to[4] & 0xFF); // the top's middle lies within
  }

  @Test
  void aPartIsEnlargedBetweenThePixelsMiddles() {
    Enlargement enlargement = new Enlargement(Shape.of(1, 1, 4));
    byte[] to = new byte[4];
    byte[] from = Changed.bytes(0, 100, 200, 40);
    enlargement.apply(from, 0, to, 0, 0, 1, 1, 2);
    // Middles lie at -0.25, 0.25, 0.75 and 1.25 of the part [100, 200].
    assertEquals("100 125 175 200", Changed.text(to));
    enlargement.apply(from, 0, to, 0, 0, 0, 1, 4);
    assertEquals("0 100 200 40", Changed.text(to));
    new Enlargement(Shape.of(1, 4, 1)).apply(from, 0, to, 0, 2, 0, 2, 1);
    assertEquals("200 160 80 40", Changed.text(to));
  }

  @Test
  void theWholeOfAnImageIsThePartOfFullScale() {
    RandomResizedCrop whole = new RandomResizedCrop(new float[] {1, 1}, new float[] {1.5f, 1.5f});
    assertEquals(Set.of(SAME), Set.copyOf(results(whole, 20)));
  }

  @Test
  void brightnessAndContrastScaleAroundBlackAndTheMean() {
    byte[] grey = Changed.bytes(50, 100, 150);
    Shape shape = Shape.of(1, 1, 3);
    for (String result :
        Changed.results(new ColorJitter(0.5, 0.0, 0, 0), shape, Changed.bytes(0), grey, 300)) {
      String[] values = result.split(" ");
      double factor = Integer.parseInt(values[1]) / 100.0;
      assertTrue(factor >= 0.49 && factor <= 1.51, result);
      assertEquals(50 * factor, Integer.parseInt(values[0]), 0.8, result);
      assertEquals(150 * factor, Integer.parseInt(values[2]), 1.3, result);
    }
    for (String result :
        Changed.results(new ColorJitter(0.0, 0.5, 0, 0), shape, Changed.bytes(0), grey, 300)) {
      String[] values = result.split(" ");
      assertEquals("100", values[1]);
      assertEquals(200, Integer.parseInt(values[0]) + Integer.parseInt(values[2]), 1, result);
      assertTrue(Integer.parseInt(values[0]) >= 25 && Integer.parseInt(values[0]) <= 75, result);
    }
  }

  @Test
  void saturationAndHueLeaveGreyAndKeepBrightness() {
    Shape shape = Shape.of(3, 1, 2);
    // A grey pixel and a reddish one.
    byte[] colours = Changed.bytes(90, 140, 90, 100, 90, 80);
    ColorJitter jitter = new ColorJitter(0.0, 0.0, 0.5, 0.5);
    Set<String> seen = new HashSet<>();
    for (String result : Changed.results(jitter, shape, Changed.bytes(0, 0, 0), colours, 300)) {
      String[] values = result.split(" ");
      for (int c = 0; c < 3; c++) {
        assertEquals(90, Integer.parseInt(values[2 * c]), 1, result);
      }
      double luminance =
          0.2126 * Integer.parseInt(values[1])
              + 0.7152 * Integer.parseInt(values[3])
              + 0.0722 * Integer.parseInt(values[5]);
      assertEquals(107, luminance, 6, result);
      seen.add(result);
    }
    assertTrue(seen.size() > 100);
  }

  /** Computed by hand from W3C's matrix: a turn by 180 degrees is 2 w - 1. */
  @Test
  void hueTurnsAsHueRotateDoes() {
    Shape shape = Shape.of(3, 1, 1);
    byte[] red = Changed.bytes(200, 0, 100);
    List<String> results =
        Changed.results(
            new ColorJitter(0.0, 0.0, 0, 0.5), shape, Changed.bytes(0, 0, 0), red, 2000);
    // grey = 0.213 * 200 + 0.072 * 100 = 49.8; opposite colours are 2 * 49.8 - x, cut at 0.
    boolean opposite =
        results.stream()
            .map(result -> result.split(" "))
            .anyMatch(v -> v[0].equals("0") && near(v[1], 100) && near(v[2], 0));
    assertTrue(opposite, results.toString());
    assertTrue(results.stream().map(r -> r.split(" ")).anyMatch(v -> near(v[0], 199)));
  }

  private static boolean near(String value, int expected) {
    return Math.abs(Integer.parseInt(value) - expected) <= 2;
  }

  @Test
  void jitterOfNoReachChangesNothing() {
    byte[] image = new RandomSource("jitter").bytes(3 * 4 * 5);
    Shape shape = Shape.of(3, 4, 5);
    ColorJitter tiny = new ColorJitter(1e-9, 1e-9, 1e-9, 1e-9);
    assertEquals(
        Set.of(Changed.text(image)),
        Set.copyOf(Changed.results(tiny, shape, Changed.bytes(0, 0, 0), image, 10)));
  }

  @Test
  void whatCantBeIsRefused() {
    refused("RandomCrop.padding must be at least 1, but was 0", () -> new RandomCrop(0));
    refused("Cutout.size must be at least 1, but was -3", () -> new Cutout(-3, null));
    refused("Cutout.probability must be from 0 to 1, but was 1.5", () -> new Cutout(1, 1.5));
    refused("Rotate.degrees must be above 0 and at most 180, but was 0.0", () -> new Rotate(0));
    refused("ColorJitter.hue must be from 0 to 0.5, but was 0.6", () -> jitter(0, 0.6));
    refused("ColorJitter.brightness must be at least 0, but was NaN", () -> jitter(Double.NaN, 0));
    refused("Mixup.alpha must be above 0, but was 0.0", () -> new Mixup(0.0, null));
    refused(
        "Cutmix.probability must be from 0 to 1, but was NaN", () -> new Cutmix(1.0, Double.NaN));
    refused(
        "RandomResizedCrop.scale must be two numbers above 0, the lesser one first, but was"
            + " [0.5, 0.2]",
        () -> new RandomResizedCrop(new float[] {0.5f, 0.2f}, null));
    refused(
        "RandomResizedCrop.scale must be at most 1, but was 2.0",
        () -> new RandomResizedCrop(new float[] {0.5f, 2}, null));
  }

  private static ColorJitter jitter(double brightness, double hue) {
    return new ColorJitter(brightness, 0.0, 0, hue);
  }

  private static void refused(String message, Supplier<Augmentation> make) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, make::get).getMessage());
  }

  @Test
  void imagesThatDoNotSuitAreNamed() {
    Shape small = Shape.of(1, 8, 6);
    assertEquals(
        "[1].cutout.size must be at most the image's shorter side, 6, but was 7",
        BatchAugmenter.problem(List.of(new RandomCrop(6), new Cutout(7, null)), small));
    assertEquals(
        "[0].randomCrop.padding must be at most the image's shorter side, 6, but was 7",
        BatchAugmenter.problem(List.of(new RandomCrop(7)), small));
    assertEquals(
        "[0].colorJitter.saturation and hue must be 0 where images have not 3 channels, but 1,"
            + " but were 0.5 and 0.0",
        BatchAugmenter.problem(List.of(new ColorJitter(0.0, 0.0, 0.5, 0)), small));
    assertNull(BatchAugmenter.problem(List.of(new ColorJitter(0.5, 0.5, 0, 0)), small));
  }
}

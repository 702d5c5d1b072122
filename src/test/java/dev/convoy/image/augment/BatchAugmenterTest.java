package dev.convoy.image.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.BatchFiller;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.Normalization;
import dev.convoy.random.Purpose;
import dev.convoy.random.SeededRandom;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.SampleImages;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchAugmenterTest {
  private static final Shape SHAPE = Shape.of(3, 8, 7);
  private static final int SIZE = SHAPE.size();
  private static final ImageBlock BLOCK = SampleImages.random(40, SHAPE, 10, 9);
  private static final int[] POSITIONS = IntStream.range(0, 40).toArray();
  private static final Normalization NORMALIZATION = Normalization.none(3);

  private static final List<Augmentation> PICTURES =
      List.of(
          new RandomCrop(2),
          new HorizontalFlip(null),
          new Rotate(20),
          new ColorJitter(0.2, 0.2, 0.2, 0.1));

  private static BatchAugmenter augmenter(List<Augmentation> augmentations) {
    return new BatchAugmenter(SHAPE, NORMALIZATION, augmentations, 40);
  }

  private static long key(int epoch) {
    return SeededRandom.key(3, Purpose.AUGMENTATION, epoch);
  }

  private static byte[] image(byte[] pixels, int i) {
    return Arrays.copyOfRange(pixels, i * SIZE, (i + 1) * SIZE);
  }

  private static byte[] augmented(BatchAugmenter augmenter, int[] positions, int epoch) {
    augmenter.augment(BLOCK, positions, 0, positions.length, key(epoch));
    return augmenter.pixels().clone();
  }

  @Test
  void anImageIsChangedTheSameWayWhereverItStands() {
    BatchAugmenter augmenter = augmenter(PICTURES);
    byte[] all = augmented(augmenter, POSITIONS, 1);
    byte[] some = augmented(augmenter, new int[] {17, 3, 39}, 1);
    assertArrayEquals(image(all, 17), image(some, 0));
    assertArrayEquals(image(all, 3), image(some, 1));
    assertArrayEquals(image(all, 39), image(some, 2));
    // In another block, by its id.
    ImageBlock other = SampleImages.choose(BLOCK, 5, 17);
    augmenter.augment(other, new int[] {1}, 0, 1, key(1));
    assertArrayEquals(image(all, 17), image(augmenter.pixels(), 0));
    assertFalse(Arrays.equals(all, augmented(augmenter, POSITIONS, 2)), "another epoch");
  }

  @Test
  void oneChangeMoreLeavesTheNumbersOfThoseBefore() {
    byte[] one = augmented(augmenter(PICTURES.subList(0, 1)), POSITIONS, 1);
    ImageBlock shifted = new ImageBlock(SHAPE, BLOCK.ids(), BLOCK.labels(), one);
    BatchAugmenter flip = augmenter(List.of(new HorizontalFlip(1.0)));
    flip.augment(shifted, POSITIONS, 0, 40, key(1));
    byte[] both =
        augmented(augmenter(List.of(new RandomCrop(2), new HorizontalFlip(1.0))), POSITIONS, 1);
    assertArrayEquals(flip.pixels(), both);
  }

  @Test
  void batchesAreFilledWithTheChangedImages() {
    BatchAugmenter augmenter = augmenter(PICTURES);
    float[] filled = new float[48 * SIZE];
    augmenter.fill(BLOCK, POSITIONS, 5, 20, filled, 0, key(1));
    int[] some = Arrays.copyOfRange(POSITIONS, 5, 25);
    byte[] pixels = augmented(augmenter, some, 1);
    float[] expected = new float[48 * SIZE];
    int[] places = IntStream.range(0, 20).toArray();
    new BatchFiller(SHAPE, NORMALIZATION).fill(pixels, places, 0, 20, expected, 0);
    assertArrayEquals(expected, filled);
    assertFalse(augmenter.mixes());
  }

  @Test
  void withoutChangesOrWithNoneDrawnImagesStay() {
    assertArrayEquals(BLOCK.pixels(), augmented(augmenter(List.of()), POSITIONS, 1));
    List<Augmentation> never =
        List.of(new HorizontalFlip(0.0), new VerticalFlip(0.0), new Mixup(null, 0.0));
    BatchAugmenter augmenter = augmenter(never);
    assertArrayEquals(BLOCK.pixels(), augmented(augmenter, POSITIONS, 1));
    assertArrayEquals(POSITIONS, augmenter.partners());
    for (float share : augmenter.shares()) {
      assertEquals(1, share);
    }
  }

  @Test
  void mixupBlendsEveryImageWithItsPartner() {
    BatchAugmenter augmenter = augmenter(List.of(new Mixup(1.0, null)));
    byte[] mixed = augmented(augmenter, POSITIONS, 1);
    for (int i = 0; i < 40; i++) {
      int partner = augmenter.partners()[i];
      float share = augmenter.shares()[i];
      assertNotEquals(i, partner);
      assertTrue(share >= 0 && share <= 1);
      for (int at = 0; at < SIZE; at++) {
        double own = BLOCK.pixels()[i * SIZE + at] & 0xFF;
        double other = BLOCK.pixels()[partner * SIZE + at] & 0xFF;
        assertEquals(share * own + (1 - share) * other, mixed[i * SIZE + at] & 0xFF, 0.501);
      }
    }
    assertTrue(Arrays.stream(augmenter.partners()).distinct().count() > 15);
  }

  @Test
  void cutmixTakesARectangleOfThePartnerAndItsAreaAsShare() {
    BatchAugmenter augmenter = augmenter(List.of(new Cutmix(null, 1.0)));
    byte[] mixed = augmented(augmenter, POSITIONS, 1);
    int plane = SHAPE.height() * SHAPE.width();
    int between = 0;
    for (int i = 0; i < 40; i++) {
      int partner = augmenter.partners()[i];
      int others = 0;
      for (int at = 0; at < plane; at++) {
        boolean own = true;
        boolean other = true;
        for (int c = 0; c < 3; c++) {
          int pixel = c * plane + at;
          own &= mixed[i * SIZE + pixel] == BLOCK.pixels()[i * SIZE + pixel];
          other &= mixed[i * SIZE + pixel] == BLOCK.pixels()[partner * SIZE + pixel];
        }
        assertTrue(own || other);
        others += own ? 0 : 1;
      }
      assertEquals(1 - others / (float) plane, augmenter.shares()[i], 1e-6);
      between += others > 0 && others < plane ? 1 : 0;
    }
    assertTrue(between > 20, "images that are in part another: " + between);
  }

  @Test
  void mixingsTakeTurnsAndABatchOfOneIsNotMixed() {
    BatchAugmenter augmenter = augmenter(List.of(new Mixup(1.0, 1.0), new Cutmix(1.0, 1.0)));
    byte[] mixed = augmented(augmenter, POSITIONS, 1);
    int blended = 0;
    for (int i = 0; i < 40; i++) {
      byte[] partner = image(BLOCK.pixels(), augmenter.partners()[i]);
      byte[] own = image(BLOCK.pixels(), i);
      byte[] result = image(mixed, i);
      boolean isCut =
          IntStream.range(0, SIZE)
              .allMatch(at -> result[at] == own[at] || result[at] == partner[at]);
      blended += isCut ? 0 : 1;
    }
    assertTrue(blended >= 10 && blended <= 30, blended + " of 40 are blended");
    assertArrayEquals(image(BLOCK.pixels(), 7), image(augmented(augmenter, new int[] {7}, 1), 0));
    assertEquals(1, augmenter.shares()[0]);
  }

  /** Mean one half; variance 1 / (4 (2 alpha + 1)). */
  @Test
  void sharesAreOfTheBetaDistribution() {
    SeededRandom random = SeededRandom.of(1, Purpose.AUGMENTATION);
    for (double alpha : new double[] {0.01, 0.2, 1, 4}) {
      Beta beta = new Beta(alpha);
      double sum = 0;
      double squares = 0;
      int draws = 40_000;
      for (int i = 0; i < draws; i++) {
        double share = beta.next(random);
        assertTrue(share >= 0 && share <= 1);
        sum += share - 0.5;
        squares += (share - 0.5) * (share - 0.5);
      }
      double variance = 1 / (4 * (2 * alpha + 1));
      assertEquals(0, sum / draws, 4 * Math.sqrt(variance / draws));
      assertEquals(variance, squares / draws, 0.03 * variance);
    }
  }
}

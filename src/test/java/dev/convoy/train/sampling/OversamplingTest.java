package dev.convoy.train.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.random.Purpose;
import dev.convoy.random.SeededRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OversamplingTest {
  /** 70 of class 0, 23 of class 1, none of class 2, 7 of class 3, mixed. */
  private static final int[] LABELS = labels(70, 23, 0, 7);

  private static final List<Integer> COUNTS = List.of(70, 23, 0, 7);

  @Test
  void everyClassThatHasImagesHasAsManyUsesAsTheLargest() {
    assertEquals(210, Oversampling.examples(COUNTS));
    int[] uses = new int[4];
    int[] seen = new int[210];
    Oversampling oversampling = new Oversampling(LABELS, 4, 1);
    for (int i = 0; i < LABELS.length; i++) {
      int[] ofImage = oversampling.uses(i, LABELS[i]);
      assertEquals(i, ofImage[0]);
      uses[LABELS[i]] += ofImage.length;
      for (int use : ofImage) {
        seen[use]++;
      }
      int count = COUNTS.get(LABELS[i]);
      assertTrue(ofImage.length >= 70 / count && ofImage.length <= (70 + count - 1) / count);
    }
    assertArrayEquals(new int[] {70, 70, 0, 70}, uses);
    // Every number is one use of one image.
    assertArrayEquals(IntStream.generate(() -> 1).limit(210).toArray(), seen);
  }

  @Test
  void theSeedDrawsWhichImagesAreUsedOnceMore() {
    assertArrayEquals(lengths(1), lengths(1));
    assertFalse(Arrays.equals(lengths(1), lengths(2)));
  }

  private static int[] lengths(long seed) {
    Oversampling oversampling = new Oversampling(LABELS, 4, seed);
    return IntStream.range(0, LABELS.length)
        .map(i -> oversampling.uses(i, LABELS[i]).length)
        .toArray();
  }

  private static int[] labels(int... counts) {
    int[] labels = new int[Arrays.stream(counts).sum()];
    int next = 0;
    for (int c = 0; c < counts.length; c++) {
      Arrays.fill(labels, next, next += counts[c], c);
    }
    SeededRandom.of(5, Purpose.DEAL).shuffle(labels);
    return labels;
  }
}

package dev.convoy.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeededRandomTest {
  @Test
  void isSplitMix64AsPublished() {
    assertEquals(0xE220A8397B1DCDAFL, SeededRandom.at(0, 0));
    assertEquals(0x6E789E6AA1B965F4L, SeededRandom.at(0, 1));
    assertEquals(0x06C45D188009454FL, SeededRandom.at(0, 2));
  }

  /** These numbers are part of every result: changing them changes what every job trains to. */
  @Test
  void keysAndNumbersStayAsTheyAre() {
    SeededRandom random = SeededRandom.of(42, Purpose.EXAMPLE_ORDER, 1, 2, 3);
    assertEquals(0xF8869B367FCA2D26L, random.nextLong());
    assertEquals(985990, random.nextInt(1_000_000));
    assertEquals(0.19755265384248766, random.nextDouble());
    assertEquals(2.128731677400547, random.nextGaussian());
    int[] order = IntStream.range(0, 10).toArray();
    SeededRandom.of(42, Purpose.DEAL).shuffle(order);
    assertArrayEquals(new int[] {8, 4, 5, 1, 6, 3, 9, 2, 7, 0}, order);
  }

  @Test
  void aStreamIsTheNumbersUnderItsKey() {
    long key = SeededRandom.key(7, Purpose.DROPOUT, 3, 1);
    SeededRandom random = SeededRandom.of(7, Purpose.DROPOUT, 3, 1);
    for (int i = 0; i < 100; i++) {
      assertEquals(SeededRandom.at(key, i), random.nextLong());
    }
  }

  @ParameterizedTest
  @EnumSource
  void noTwoKeysShareAStream(Purpose purpose) {
    Set<Long> keys = new HashSet<>();
    int count = 0;
    for (long seed = -3; seed < 3; seed++) {
      assertTrue(keys.add(SeededRandom.key(seed, purpose)));
      count++;
      for (int a = 0; a < 20; a++) {
        for (int b = 0; b < 20; b++) {
          keys.add(SeededRandom.key(seed, purpose, a, b));
          count++;
        }
      }
    }
    assertEquals(count, keys.size());
    for (Purpose other : Purpose.values()) {
      boolean same = SeededRandom.key(1, other, 5) == SeededRandom.key(1, purpose, 5);
      assertEquals(other == purpose, same, other + " and " + purpose);
    }
  }

  /** Pearson's chi-squared: beyond 5 deviations above its mean once in millions of seeds. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 97, 1000})
  void nextIntIsUniform(int bound) {
    SeededRandom random = SeededRandom.of(5, Purpose.DEAL, bound);
    int draws = 200 * bound;
    int[] counts = new int[bound];
    for (int i = 0; i < draws; i++) {
      counts[random.nextInt(bound)]++;
    }
    double chiSquared = Arrays.stream(counts).mapToDouble(c -> (c - 200.0) * (c - 200) / 200).sum();
    double freedom = bound - 1;
    assertTrue(chiSquared < freedom + 5 * Math.sqrt(2 * freedom) + 5, "chi-squared " + chiSquared);
  }

  /** Below 3·2^29 plain scaling would give every third number less often than the others. */
  @Test
  void nextIntIsWithoutBiasForLargeBounds() {
    int bound = 3 << 29;
    SeededRandom random = SeededRandom.of(5, Purpose.DEAL, bound);
    int[] thirds = new int[3];
    int odd = 0;
    for (int i = 0; i < 30_000; i++) {
      int drawn = random.nextInt(bound);
      assertTrue(drawn >= 0 && drawn < bound);
      thirds[drawn % 3]++;
      odd += drawn & 1;
    }
    for (int count : thirds) {
      assertEquals(10_000, count, 5 * Math.sqrt(30_000 * 2.0 / 9));
    }
    assertEquals(15_000, odd, 5 * Math.sqrt(30_000 / 4.0));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 1000})
  void shuffleIsAPermutation(int count) {
    int[] values = IntStream.range(0, count).toArray();
    SeededRandom.of(9, Purpose.EXAMPLE_ORDER).shuffle(values);
    int[] sorted = values.clone();
    Arrays.sort(sorted);
    assertArrayEquals(IntStream.range(0, count).toArray(), sorted);
    if (count == 1000) {
      assertNotEquals(Arrays.toString(sorted), Arrays.toString(values));
    }
  }

  @Test
  void shuffleGivesEachOrderOfThreeEquallyOften() {
    int[] counts = new int[27];
    for (int i = 0; i < 6000; i++) {
      int[] values = {0, 1, 2};
      SeededRandom.of(i, Purpose.BLOCK_ORDER).shuffle(values);
      counts[values[0] * 9 + values[1] * 3 + values[2]]++;
    }
    for (int order : new int[] {5, 7, 11, 15, 19, 21}) {
      assertEquals(1000, counts[order], 5 * Math.sqrt(6000 * 5.0 / 36));
    }
  }

  @Test
  void doublesAreInTheUnitIntervalAndGaussiansNormal() {
    SeededRandom random = SeededRandom.of(11, Purpose.INITIAL_WEIGHTS);
    int count = 40_000;
    double sum = 0;
    double gaussian = 0;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      double uniform = random.nextDouble();
      assertTrue(uniform >= 0 && uniform < 1);
      sum += uniform;
      double normal = random.nextGaussian();
      gaussian += normal;
      squares += normal * normal;
    }
    assertEquals(0.5, sum / count, 5 * Math.sqrt(1.0 / 12 / count));
    assertEquals(0, gaussian / count, 5 / Math.sqrt(count));
    assertEquals(1, squares / count, 5 * Math.sqrt(2.0 / count));
  }
}

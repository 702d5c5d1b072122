package dev.convoy.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 255, 256, 257, 1024, 1025, 60_000})
  void holdsEveryNumberOnce(int size) {
    int[] numbers = numbers(size, 42);
    assertArrayEquals(
        IntStream.range(0, size).toArray(), Arrays.stream(numbers).sorted().toArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000, 60_000, 1 << 20, Integer.MAX_VALUE})
  void findsThePlaceOfEachNumber(int size) {
    Permutation permutation = Permutation.of(size, 5, Purpose.DEAL);
    for (int i = 0; i < 1000; i++) {
      int place = (int) ((long) i * (size - 1) / 999);
      int number = permutation.at(place);
      assertTrue(number >= 0 && number < size, () -> number + " of " + size);
      assertEquals(place, permutation.placeOf(number));
    }
  }

  @Test
  void isTheSameForEver() {
    assertArrayEquals(
        new int[] {4, 2, 14, 7, 0, 12, 13, 3, 8, 6, 15, 1, 9, 11, 5, 10}, numbers(16, 42));
  }

  @Test
  void dependsOnSeedAndPurposeAndKey() {
    int[] some = numbers(100, 1);
    assertDiffer(some, numbers(100, 2));
    Permutation other = Permutation.of(100, 1, Purpose.EXAMPLE_ORDER);
    assertDiffer(some, IntStream.range(0, 100).map(other::at).toArray());
    Permutation keyed = Permutation.of(100, 1, Purpose.DEAL, 3);
    assertDiffer(some, IntStream.range(0, 100).map(keyed::at).toArray());
  }

  /** Chi-square over all orders of so few numbers, each order a cell. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void everyOrderIsEquallyLikely(int size) {
    int orders = IntStream.rangeClosed(2, size).reduce(1, (a, b) -> a * b);
    int expected = 50;
    Map<String, Integer> seen = new HashMap<>();
    for (int seed = 0; seed < expected * orders; seed++) {
      seen.merge(Arrays.toString(numbers(size, seed)), 1, Integer::sum);
    }
    assertEquals(orders, seen.size());
    double chiSquare = 0;
    for (int count : seen.values()) {
      chiSquare += (count - expected) * (double) (count - expected) / expected;
    }
    // Five standard deviations of chi-square with so many degrees of freedom.
    double limit = orders - 1 + 5 * Math.sqrt(2.0 * (orders - 1));
    assertTrue(chiSquare < limit, chiSquare + " of at most " + limit);
  }

  private static int[] numbers(int size, long seed) {
    Permutation permutation = Permutation.of(size, seed, Purpose.DEAL);
    return IntStream.range(0, size).map(permutation::at).toArray();
  }

  private static void assertDiffer(int[] one, int[] other) {
    assertNotEquals(Arrays.toString(one), Arrays.toString(other));
  }
}

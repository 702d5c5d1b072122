package dev.convoy.spark.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.random.Permutation;
import dev.convoy.random.Purpose;
import dev.convoy.random.SeededRandom;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which examples a share takes. */
class ShareChoiceTest {
  @ParameterizedTest
  @CsvSource({
    "0.1, 100, 10",
    "0.1, 4, 0",
    "0.1, 5, 1",
    "0.25, 10, 3",
    "0.5, 1, 0",
    "0.5, 2, 1",
    "0.5, 3, 2"
  })
  void ofEachClassTheRoundedShareIsTakenButNeverAll(double share, int size, int taken) {
    // Two classes of one size, in turn.
    long[] keys = IntStream.range(0, 2 * size).mapToLong(i -> i * 7919L % 10007).toArray();
    int[] classes = IntStream.range(0, 2 * size).map(i -> i % 2).toArray();
    BitSet chosen = new ShareChoice(keys, classes).chosen(share);
    for (int c = 0; c < 2; c++) {
      int ofClass = c;
      assertEquals(taken, chosen.stream().filter(i -> classes[i] == ofClass).count());
      long largest =
          chosen.stream()
              .filter(i -> classes[i] == ofClass)
              .mapToLong(i -> keys[i])
              .max()
              .orElse(Long.MIN_VALUE);
      assertEquals(
          taken,
          IntStream.range(0, keys.length)
              .filter(i -> classes[i] == ofClass && keys[i] <= largest)
              .count(),
          "others have smaller keys");
    }
  }

  @Test
  void anyOrderOfTheExamplesGivesTheSameOnes() {
    SeededRandom random = SeededRandom.of(3, Purpose.DEAL);
    long[] keys = new long[500];
    int[] classes = new int[keys.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = random.nextInt(200); // most have copies
      classes[i] = random.nextInt(5);
    }
    Set<String> chosen = named(keys, classes, 0.3);
    for (int seed = 1; seed <= 5; seed++) {
      Permutation order = Permutation.of(keys.length, seed, Purpose.DEAL);
      long[] shuffledKeys =
          IntStream.range(0, keys.length).mapToLong(i -> keys[order.at(i)]).toArray();
      int[] shuffled = IntStream.range(0, keys.length).map(i -> classes[order.at(i)]).toArray();
      assertEquals(chosen, named(shuffledKeys, shuffled, 0.3));
    }
  }

  /** The chosen ones by key and class, counted. */
  private static Set<String> named(long[] keys, int[] classes, double share) {
    BitSet chosen = new ShareChoice(keys, classes).chosen(share);
    int[] count = new int[1000];
    chosen.stream().forEach(i -> count[(int) keys[i] * 5 + classes[i]]++);
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < count.length; i++) {
      names.add(i + " " + count[i]);
    }
    return names;
  }

  @Test
  void copiesOfAPictureStayTogetherWhateverTheirClasses() {
    long[] keys = {5, 9, 5, 7, 5, 8, 6, 4};
    int[] classes = {1, 1, 0, 0, 1, 0, 0, 1};
    // The three copies of 5 count to class 0: six examples, of which a half takes them all.
    assertEquals(bits(0, 2, 4, 7), new ShareChoice(keys, classes).chosen(0.5));
    // There is room for two: the copies are passed over, and the next ones taken.
    assertEquals(bits(3, 6, 7), new ShareChoice(keys, classes).chosen(0.4));
    // Nothing but copies of one picture are left to training.
    assertTrue(new ShareChoice(new long[] {3, 3, 3}, new int[3]).chosen(0.5).isEmpty());
  }

  private static BitSet bits(int... places) {
    BitSet bits = new BitSet();
    Arrays.stream(places).forEach(bits::set);
    return bits;
  }
}

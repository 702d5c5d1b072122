package dev.convoy.train.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {
  /** Sizes around all the edges: short batches, short rounds, short blocks, workers without any. */
  private static void forEachDeal(Consumer<Sampler> check) {
    for (int examples : new int[] {1, 2, 7, 64, 65, 100, 1000, 1003}) {
      for (int workers : new int[] {1, 2, 3, 7}) {
        for (int batchSize : new int[] {1, 4, 32}) {
          for (int frequency : new int[] {1, 3, 16}) {
            for (int rounds : new int[] {1, 2}) {
              for (boolean shuffle : new boolean[] {false, true}) {
                if (workers <= examples) {
                  int block = rounds * batchSize * frequency;
                  checkOne(
                      check,
                      new Sampler(examples, workers, batchSize, frequency, shuffle, 42, block));
                }
              }
            }
          }
        }
      }
    }
  }

  private static void checkOne(Consumer<Sampler> check, Sampler sampler) {
    try {
      check.accept(sampler);
    } catch (AssertionError e) {
      throw new AssertionError(sampler + ": " + e.getMessage(), e);
    }
  }

  @Test
  void everyExampleIsUsedExactlyOnceAnEpoch() {
    forEachDeal(SamplerTest::checkUse);
  }

  private static void checkUse(Sampler sampler) {
    int[] used = new int[sampler.examples()];
    for (int round = 1; round <= sampler.roundsPerEpoch(); round++) {
      for (int worker = 0; worker < sampler.workers(); worker++) {
        for (int[] batch : batches(sampler, 3, round, worker)) {
          for (int example : batch) {
            used[example]++;
          }
        }
      }
    }
    assertArrayEquals(IntStream.range(0, used.length).map(i -> 1).toArray(), used);
  }

  @Test
  void aRoundIsAtMostSoManyBatchesOfOneBlock() {
    forEachDeal(SamplerTest::checkRounds);
  }

  private static void checkRounds(Sampler sampler) {
    int rounds = sampler.roundsPerEpoch();
    for (int worker = 0; worker < sampler.workers(); worker++) {
      for (int round = 1; round <= rounds; round++) {
        Assignment assignment = sampler.assignment(1, round, worker);
        assertEquals(worker, assignment.worker());
        int[][] batches = assignment.batches();
        assertTrue(batches.length <= sampler.averagingFrequency());
        assertEquals(batches.length == 0, assignment.isIdle());
        assertEquals(assignment.isIdle(), assignment.partition() == -1);
        assertEquals(assignment.partition(), sampler.partitions(1, round)[worker]);
        for (int i = 0; i < batches.length; i++) {
          boolean last = i == batches.length - 1;
          assertTrue(last ? batches[i].length >= 1 : batches[i].length == sampler.batchSize());
          assertTrue(batches[i].length <= sampler.batchSize());
        }
      }
      assertTrue(sampler.assignment(1, rounds + 1, worker).isIdle());
    }
    assertTrue(
        IntStream.range(0, sampler.workers())
            .anyMatch(k -> !sampler.assignment(1, rounds, k).isIdle()));
  }

  @Test
  void sharesCoverAllExamplesAndBlocksCoverTheShares() {
    forEachDeal(SamplerTest::checkShares);
  }

  private static void checkShares(Sampler sampler) {
    int partition = 0;
    List<Integer> owned = new ArrayList<>();
    for (int worker = 0; worker < sampler.workers(); worker++) {
      int inBlocks = 0;
      for (int block = 0; block < sampler.blocks(worker); block++) {
        int[] ids = sampler.ids(partition);
        assertEquals(sampler.blockSize(worker, block), ids.length);
        assertEquals(sampler.example(worker, inBlocks), ids[0]);
        assertEquals(sampler.example(worker, inBlocks + ids.length - 1), ids[ids.length - 1]);
        assertEquals(partition++, sampler.partition(worker, block));
        inBlocks += sampler.blockSize(worker, block);
        assertTrue(sampler.blockSize(worker, block) >= 1);
      }
      assertEquals(sampler.share(worker), inBlocks);
      for (int place = 0; place < sampler.share(worker); place++) {
        int example = sampler.example(worker, place);
        assertEquals(worker, sampler.worker(example));
        assertEquals(place, sampler.place(example));
        owned.add(example);
      }
    }
    assertEquals(partition, sampler.partitions());
    assertEquals(
        IntStream.range(0, sampler.examples()).boxed().toList(), owned.stream().sorted().toList());
  }

  @Test
  void shuffledSharesDifferByOneExampleAtMost() {
    forEachDeal(SamplerTest::checkShareSizes);
  }

  private static void checkShareSizes(Sampler sampler) {
    if (sampler.shuffle()) {
      int[] shares = IntStream.range(0, sampler.workers()).map(sampler::share).sorted().toArray();
      assertTrue(shares[shares.length - 1] - shares[0] <= 1, Arrays.toString(shares));
    }
  }

  @Test
  void withoutShufflingStepsFollowTheFile() {
    forEachDeal(SamplerTest::checkFileOrder);
  }

  private static void checkFileOrder(Sampler sampler) {
    if (sampler.shuffle()) {
      return;
    }
    for (int worker = 0; worker < sampler.workers(); worker++) {
      int step = 0;
      for (int round = 1; round <= sampler.roundsPerEpoch(); round++) {
        for (int[] batch : batches(sampler, 2, round, worker)) {
          int from = (step * sampler.workers() + worker) * sampler.batchSize();
          int to = Math.min(sampler.examples(), from + sampler.batchSize());
          assertArrayEquals(IntStream.range(from, to).toArray(), batch);
          step++;
        }
      }
    }
  }

  @Test
  void epochsDifferInTheOrderOfBlocksAndOfExamples() {
    Sampler sampler = new Sampler(1000, 2, 5, 4, true, 42, 40);
    assertNotEquals(blockOrder(sampler, 1, 0), blockOrder(sampler, 2, 0));
    int blocks = sampler.blocks(0);
    List<Integer> other = blockOrder(sampler, 1, 1).stream().map(p -> p - blocks).toList();
    assertNotEquals(blockOrder(sampler, 1, 0), other);
    Sampler oneBlock = new Sampler(1000, 2, 5, 4, true, 42, 1000);
    assertFalse(
        Arrays.deepEquals(
            oneBlock.assignment(1, 1, 0).batches(), oneBlock.assignment(2, 1, 0).batches()));
    assertFalse(
        Arrays.deepEquals(
            oneBlock.assignment(1, 1, 0).batches(), oneBlock.assignment(1, 1, 1).batches()));
  }

  @Test
  void blocksOfAWorkerAreInOrdersOfTheirOwn() {
    Sampler sampler = new Sampler(80, 1, 5, 8, true, 42, 40);
    assertFalse(
        Arrays.deepEquals(
            sampler.assignment(1, 1, 0).batches(), sampler.assignment(1, 2, 0).batches()));
  }

  @Test
  void theSeedChangesWhoGetsWhatAndWhen() {
    Sampler one = new Sampler(1000, 2, 5, 4, true, 1, 1000);
    Sampler other = new Sampler(1000, 2, 5, 4, true, 2, 1000);
    assertNotEquals(share(one, 0), share(other, 0));
    assertFalse(
        Arrays.deepEquals(one.assignment(1, 1, 0).batches(), other.assignment(1, 1, 0).batches()));
  }

  /** Results of past runs hang on these numbers: a change here needs a reason and a notice. */
  @Test
  void theOrderOfASeedIsTheSameForEver() {
    Sampler sampler = new Sampler(20, 2, 2, 2, true, 42, 4);
    assertEquals(List.of(16, 14, 0, 17, 8, 15, 9, 5, 4, 18), share(sampler, 0));
    assertEquals(List.of(2, 7, 12, 3, 19, 1, 11, 10, 13, 6), share(sampler, 1));
    assertEquals(List.of(2, 0, 1), blockOrder(sampler, 1, 0));
    assertEquals(List.of(3, 5, 4), blockOrder(sampler, 1, 1));
    assertEquals("[[0, 1]]", Arrays.deepToString(sampler.assignment(1, 1, 0).batches()));
    assertEquals("[[3, 1], [2, 0]]", Arrays.deepToString(sampler.assignment(2, 3, 1).batches()));
  }

  @Test
  void blocksAreMultiplesOfARoundBelowSixteenMebibytes() {
    // 16 MiB hold 21,399 images of 28x28: 20 rounds of 1,024.
    assertEquals(20_480, Sampler.of(60_000, 2, 64, 16, true, 1, 784).blockImages());
    // A round larger than that is a block of its own.
    assertEquals(65_536, Sampler.of(60_000, 2, 64, 1024, true, 1, 784).blockImages());
  }

  @Test
  void aRoundMayAskForMoreThanThereIs() {
    Sampler sampler = Sampler.of(100, 1, 64, Integer.MAX_VALUE / 64, true, 1, 784);
    assertEquals(1, sampler.roundsPerEpoch());
    assertEquals(1, sampler.partitions());
    assertEquals(2, sampler.assignment(1, 1, 0).batches().length);
    assertEquals(1, Sampler.of(100, 4, 1 << 30, 1, false, 1, 784).partitions());
  }

  @Test
  void refusesWhatCannotBeDealt() {
    assertRefused(
        "distribution.workers must be at most the number of training examples, 3, but was 4",
        () -> Sampler.of(3, 4, 64, 1, true, 1, 784));
    assertRefused(
        "distribution.workers must be at least 1, but was 0",
        () -> Sampler.of(3, 0, 64, 1, true, 1, 784));
    assertRefused(
        "training.batchSize must be at least 1, but was 0",
        () -> Sampler.of(3, 1, 0, 1, true, 1, 784));
    assertRefused(
        "distribution.averagingFrequency must be at least 1, but was -1",
        () -> Sampler.of(3, 1, 64, -1, true, 1, 784));
    assertRefused(
        "training.batchSize times distribution.averagingFrequency must be below 2^31, but was"
            + " 4294967296",
        () -> Sampler.of(3, 1, 65_536, 65_536, true, 1, 784));
    assertRefused(
        "The images of a worker's round, training.batchSize times"
            + " distribution.averagingFrequency, must take less than 2 GiB, but take 3000000000"
            + " bytes",
        () -> Sampler.of(1_000_000, 1, 1000, 20, true, 1, 150_000));
    assertRefused(
        "Sampler.blockImages must be a multiple of a round's 12, but was 20",
        () -> new Sampler(100, 1, 4, 3, true, 1, 20));
  }

  @Test
  void aRoundOfALargeDataSetTakesMemoryForItsBlockAlone() {
    Sampler sampler = Sampler.of(Integer.MAX_VALUE, 1000, 64, 16, true, 1, 784);
    int example = sampler.example(999, 2_000_000);
    assertEquals(999, sampler.worker(example));
    assertEquals(2_000_000, sampler.place(example));
    assertEquals(16, sampler.assignment(1, 100, 999).batches().length);
  }

  private static void assertRefused(String message, Runnable sampler) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, sampler::run).getMessage());
  }

  /** The examples of each batch of a worker's round. */
  private static int[][] batches(Sampler sampler, int epoch, int round, int worker) {
    Assignment assignment = sampler.assignment(epoch, round, worker);
    if (assignment.isIdle()) {
      return assignment.batches();
    }
    int start = (assignment.partition() - sampler.partition(worker, 0)) * sampler.blockImages();
    return Arrays.stream(assignment.batches())
        .map(b -> Arrays.stream(b).map(i -> sampler.example(worker, start + i)).toArray())
        .toArray(int[][]::new);
  }

  /** The partitions that a worker's rounds need, in turn. */
  private static List<Integer> blockOrder(Sampler sampler, int epoch, int worker) {
    return IntStream.rangeClosed(1, sampler.roundsPerEpoch())
        .map(round -> sampler.partitions(epoch, round)[worker])
        .boxed()
        .toList();
  }

  private static List<Integer> share(Sampler sampler, int worker) {
    return IntStream.range(0, sampler.share(worker))
        .map(place -> sampler.example(worker, place))
        .boxed()
        .toList();
  }
}

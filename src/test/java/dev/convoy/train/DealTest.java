package dev.convoy.train;

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

class DealTest {
  /** Sizes around all the edges: short batches, short rounds, short blocks, workers without any. */
  private static void forEachDeal(Consumer<Deal> check) {
    for (int examples : new int[] {1, 2, 7, 64, 65, 100, 1000, 1003}) {
      for (int workers : new int[] {1, 2, 3, 7}) {
        for (int batchSize : new int[] {1, 4, 32}) {
          for (int frequency : new int[] {1, 3, 16}) {
            for (int rounds : new int[] {1, 2}) {
              for (boolean shuffle : new boolean[] {false, true}) {
                if (workers <= examples) {
                  int block = rounds * batchSize * frequency;
                  checkOne(
                      check, new Deal(examples, workers, batchSize, frequency, shuffle, 42, block));
                }
              }
            }
          }
        }
      }
    }
  }

  private static void checkOne(Consumer<Deal> check, Deal deal) {
    try {
      check.accept(deal);
    } catch (AssertionError e) {
      throw new AssertionError(deal + ": " + e.getMessage(), e);
    }
  }

  @Test
  void everyExampleIsUsedExactlyOnceAnEpoch() {
    forEachDeal(DealTest::checkUse);
  }

  private static void checkUse(Deal deal) {
    int[] used = new int[deal.examples()];
    for (int round = 1; round <= deal.roundsPerEpoch(); round++) {
      for (int worker = 0; worker < deal.workers(); worker++) {
        for (int[] batch : batches(deal, 3, round, worker)) {
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
    forEachDeal(DealTest::checkRounds);
  }

  private static void checkRounds(Deal deal) {
    int rounds = deal.roundsPerEpoch();
    for (int worker = 0; worker < deal.workers(); worker++) {
      for (int round = 1; round <= rounds; round++) {
        Assignment assignment = deal.assignment(1, round, worker);
        assertEquals(worker, assignment.worker());
        int[][] batches = assignment.batches();
        assertTrue(batches.length <= deal.averagingFrequency());
        assertEquals(batches.length == 0, assignment.isIdle());
        assertEquals(assignment.isIdle(), assignment.partition() == -1);
        assertEquals(assignment.partition(), deal.partitions(1, round)[worker]);
        for (int i = 0; i < batches.length; i++) {
          boolean last = i == batches.length - 1;
          assertTrue(last ? batches[i].length >= 1 : batches[i].length == deal.batchSize());
          assertTrue(batches[i].length <= deal.batchSize());
        }
      }
      assertTrue(deal.assignment(1, rounds + 1, worker).isIdle());
    }
    assertTrue(
        IntStream.range(0, deal.workers()).anyMatch(k -> !deal.assignment(1, rounds, k).isIdle()));
  }

  @Test
  void sharesCoverAllExamplesAndBlocksCoverTheShares() {
    forEachDeal(DealTest::checkShares);
  }

  private static void checkShares(Deal deal) {
    int partition = 0;
    List<Integer> owned = new ArrayList<>();
    for (int worker = 0; worker < deal.workers(); worker++) {
      int inBlocks = 0;
      for (int block = 0; block < deal.blocks(worker); block++) {
        int[] ids = deal.ids(partition);
        assertEquals(deal.blockSize(worker, block), ids.length);
        assertEquals(deal.example(worker, inBlocks), ids[0]);
        assertEquals(deal.example(worker, inBlocks + ids.length - 1), ids[ids.length - 1]);
        assertEquals(partition++, deal.partition(worker, block));
        inBlocks += deal.blockSize(worker, block);
        assertTrue(deal.blockSize(worker, block) >= 1);
      }
      assertEquals(deal.share(worker), inBlocks);
      for (int place = 0; place < deal.share(worker); place++) {
        int example = deal.example(worker, place);
        assertEquals(worker, deal.worker(example));
        assertEquals(place, deal.place(example));
        owned.add(example);
      }
    }
    assertEquals(partition, deal.partitions());
    assertEquals(
        IntStream.range(0, deal.examples()).boxed().toList(), owned.stream().sorted().toList());
  }

  @Test
  void shuffledSharesDifferByOneExampleAtMost() {
    forEachDeal(DealTest::checkShareSizes);
  }

  private static void checkShareSizes(Deal deal) {
    if (deal.shuffle()) {
      int[] shares = IntStream.range(0, deal.workers()).map(deal::share).sorted().toArray();
      assertTrue(shares[shares.length - 1] - shares[0] <= 1, Arrays.toString(shares));
    }
  }

  @Test
  void withoutShufflingStepsFollowTheFile() {
    forEachDeal(DealTest::checkFileOrder);
  }

  private static void checkFileOrder(Deal deal) {
    if (deal.shuffle()) {
      return;
    }
    for (int worker = 0; worker < deal.workers(); worker++) {
      int step = 0;
      for (int round = 1; round <= deal.roundsPerEpoch(); round++) {
        for (int[] batch : batches(deal, 2, round, worker)) {
          int from = (step * deal.workers() + worker) * deal.batchSize();
          int to = Math.min(deal.examples(), from + deal.batchSize());
          assertArrayEquals(IntStream.range(from, to).toArray(), batch);
          step++;
        }
      }
    }
  }

  @Test
  void epochsDifferInTheOrderOfBlocksAndOfExamples() {
    Deal deal = new Deal(1000, 2, 5, 4, true, 42, 40);
    assertNotEquals(blockOrder(deal, 1, 0), blockOrder(deal, 2, 0));
    int blocks = deal.blocks(0);
    List<Integer> other = blockOrder(deal, 1, 1).stream().map(p -> p - blocks).toList();
    assertNotEquals(blockOrder(deal, 1, 0), other);
    Deal oneBlock = new Deal(1000, 2, 5, 4, true, 42, 1000);
    assertFalse(
        Arrays.deepEquals(
            oneBlock.assignment(1, 1, 0).batches(), oneBlock.assignment(2, 1, 0).batches()));
    assertFalse(
        Arrays.deepEquals(
            oneBlock.assignment(1, 1, 0).batches(), oneBlock.assignment(1, 1, 1).batches()));
  }

  @Test
  void blocksOfAWorkerAreInOrdersOfTheirOwn() {
    Deal deal = new Deal(80, 1, 5, 8, true, 42, 40);
    assertFalse(
        Arrays.deepEquals(deal.assignment(1, 1, 0).batches(), deal.assignment(1, 2, 0).batches()));
  }

  @Test
  void theSeedChangesWhoGetsWhatAndWhen() {
    Deal one = new Deal(1000, 2, 5, 4, true, 1, 1000);
    Deal other = new Deal(1000, 2, 5, 4, true, 2, 1000);
    assertNotEquals(share(one, 0), share(other, 0));
    assertFalse(
        Arrays.deepEquals(one.assignment(1, 1, 0).batches(), other.assignment(1, 1, 0).batches()));
  }

  /** Results of past runs hang on these numbers: a change here needs a reason and a notice. */
  @Test
  void theOrderOfASeedIsTheSameForEver() {
    Deal deal = new Deal(20, 2, 2, 2, true, 42, 4);
    assertEquals(List.of(16, 14, 0, 17, 8, 15, 9, 5, 4, 18), share(deal, 0));
    assertEquals(List.of(2, 7, 12, 3, 19, 1, 11, 10, 13, 6), share(deal, 1));
    assertEquals(List.of(2, 0, 1), blockOrder(deal, 1, 0));
    assertEquals(List.of(3, 5, 4), blockOrder(deal, 1, 1));
    assertEquals("[[0, 1]]", Arrays.deepToString(deal.assignment(1, 1, 0).batches()));
    assertEquals("[[3, 1], [2, 0]]", Arrays.deepToString(deal.assignment(2, 3, 1).batches()));
  }

  @Test
  void blocksAreMultiplesOfARoundBelowSixteenMebibytes() {
    // 16 MiB hold 21,399 images of 28x28: 20 rounds of 1,024.
    assertEquals(20_480, Deal.of(60_000, 2, 64, 16, true, 1, 784).blockImages());
    // A round larger than that is a block of its own.
    assertEquals(65_536, Deal.of(60_000, 2, 64, 1024, true, 1, 784).blockImages());
  }

  @Test
  void aRoundMayAskForMoreThanThereIs() {
    Deal deal = Deal.of(100, 1, 64, Integer.MAX_VALUE / 64, true, 1, 784);
    assertEquals(1, deal.roundsPerEpoch());
    assertEquals(1, deal.partitions());
    assertEquals(2, deal.assignment(1, 1, 0).batches().length);
    assertEquals(1, Deal.of(100, 4, 1 << 30, 1, false, 1, 784).partitions());
  }

  @Test
  void refusesWhatCannotBeDealt() {
    assertRefused(
        "distribution.workers must be at most the number of training examples, 3, but was 4",
        () -> Deal.of(3, 4, 64, 1, true, 1, 784));
    assertRefused(
        "distribution.workers must be at least 1, but was 0",
        () -> Deal.of(3, 0, 64, 1, true, 1, 784));
    assertRefused(
        "training.batchSize must be at least 1, but was 0",
        () -> Deal.of(3, 1, 0, 1, true, 1, 784));
    assertRefused(
        "distribution.averagingFrequency must be at least 1, but was -1",
        () -> Deal.of(3, 1, 64, -1, true, 1, 784));
    assertRefused(
        "training.batchSize times distribution.averagingFrequency must be below 2^31, but was"
            + " 4294967296",
        () -> Deal.of(3, 1, 65_536, 65_536, true, 1, 784));
    assertRefused(
        "The images of a worker's round, training.batchSize times"
            + " distribution.averagingFrequency, must take less than 2 GiB, but take 3000000000"
            + " bytes",
        () -> Deal.of(1_000_000, 1, 1000, 20, true, 1, 150_000));
    assertRefused(
        "Deal.blockImages must be a multiple of a round's 12, but was 20",
        () -> new Deal(100, 1, 4, 3, true, 1, 20));
  }

  @Test
  void aRoundOfALargeDataSetTakesMemoryForItsBlockAlone() {
    Deal deal = Deal.of(Integer.MAX_VALUE, 1000, 64, 16, true, 1, 784);
    int example = deal.example(999, 2_000_000);
    assertEquals(999, deal.worker(example));
    assertEquals(2_000_000, deal.place(example));
    assertEquals(16, deal.assignment(1, 100, 999).batches().length);
  }

  private static void assertRefused(String message, Runnable deal) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, deal::run).getMessage());
  }

  /** The examples of each batch of a worker's round. */
  private static int[][] batches(Deal deal, int epoch, int round, int worker) {
    Assignment assignment = deal.assignment(epoch, round, worker);
    if (assignment.isIdle()) {
      return assignment.batches();
    }
    int start = (assignment.partition() - deal.partition(worker, 0)) * deal.blockImages();
    return Arrays.stream(assignment.batches())
        .map(b -> Arrays.stream(b).map(i -> deal.example(worker, start + i)).toArray())
        .toArray(int[][]::new);
  }

  /** The partitions that a worker's rounds need, in turn. */
  private static List<Integer> blockOrder(Deal deal, int epoch, int worker) {
    return IntStream.rangeClosed(1, deal.roundsPerEpoch())
        .map(round -> deal.partitions(epoch, round)[worker])
        .boxed()
        .toList();
  }

  private static List<Integer> share(Deal deal, int worker) {
    return IntStream.range(0, deal.share(worker))
        .map(place -> deal.example(worker, place))
        .boxed()
        .toList();
  }
}

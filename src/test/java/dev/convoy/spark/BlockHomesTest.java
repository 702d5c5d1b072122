package dev.convoy.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.train.Deal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlockHomesTest {
  private static LiveExecutor executor(String id, int cores) {
    return new LiveExecutor(id, "host" + id, cores);
  }

  private static List<LiveExecutor> executors(int cores, String... ids) {
    return Arrays.stream(ids).map(id -> executor(id, cores)).toList();
  }

  /** Six blocks a worker, in rounds that each use one of each worker. */
  private static Deal deal(int workers) {
    return new Deal(60 * workers, workers, 5, 2, true, 42, 10);
  }

  private static List<String> ids(BlockHomes homes, Deal deal) {
    return IntStream.range(0, deal.partitions()).mapToObj(p -> homes.of(p).id()).toList();
  }

  /** How many workers of a round are at home with each executor. */
  private static Map<String, Integer> atWork(BlockHomes homes, Deal deal, int round) {
    Map<String, Integer> atWork = new TreeMap<>();
    for (int partition : deal.partitions(1, round)) {
      atWork.merge(homes.of(partition).id(), 1, Integer::sum);
    }
    return atWork;
  }

  @Test
  void inEveryRoundEachExecutorHasAsManyWorkersAsItHasCores() {
    Deal deal = deal(6);
    BlockHomes homes =
        BlockHomes.of(deal, List.of(executor("0", 1), executor("1", 3), executor("2", 2)));
    for (int round = 1; round <= deal.roundsPerEpoch(); round++) {
      assertEquals(Map.of("0", 1, "1", 3, "2", 2), atWork(homes, deal, round), "round " + round);
    }
  }

  @Test
  void moreWorkersThanCoresAreSharedOutEvenly() {
    Deal deal = deal(5);
    BlockHomes homes = BlockHomes.of(deal, executors(1, "0", "1"));
    for (int round = 1; round <= deal.roundsPerEpoch(); round++) {
      assertEquals(Map.of("0", 3, "1", 2), atWork(homes, deal, round), "round " + round);
    }
  }

  @Test
  void moreExecutorsThanWorkersAllHaveBlocksAndNoTwoWorkersShareOne() {
    Deal deal = deal(2);
    BlockHomes homes = BlockHomes.of(deal, executors(1, "0", "1", "2", "3"));
    assertEquals(4, ids(homes, deal).stream().distinct().count());
    for (int round = 1; round <= deal.roundsPerEpoch(); round++) {
      assertEquals(2, atWork(homes, deal, round).size(), "executors in round " + round);
    }
  }

  @Test
  void aLostExecutorsBlocksAloneMoveAndItsReplacementGetsItsShare() {
    Deal deal = deal(4);
    BlockHomes whole = BlockHomes.of(deal, executors(1, "0", "1", "2", "3"));
    BlockHomes without = whole.with(executors(1, "0", "2", "3"));
    BlockHomes replaced = without.with(executors(1, "0", "2", "3", "4"));
    List<String> before = ids(whole, deal);
    List<String> meanwhile = ids(without, deal);
    List<String> after = ids(replaced, deal);
    int moved = 0;
    for (int p = 0; p < deal.partitions(); p++) {
      assertTrue(before.get(p).equals("1") || meanwhile.get(p).equals(before.get(p)), "block " + p);
      if (!after.get(p).equals(meanwhile.get(p))) {
        assertEquals("4", after.get(p));
        moved++;
      }
    }
    assertEquals(deal.blocks(1), moved, "blocks of one worker");
    assertEquals(Map.of("0", 1, "2", 1, "3", 1, "4", 1), atWork(replaced, deal, 1));
  }

  @Test
  void thereIsNoHomeWithoutExecutorsAndThereIsOneAsSoonAsTheyCome() {
    Deal deal = deal(2);
    BlockHomes none = BlockHomes.of(deal, new ArrayList<>());
    assertNull(none.of(0));
    assertEquals(Map.of("7", 1, "8", 1), atWork(none.with(executors(1, "7", "8")), deal, 1));
    assertNull(none.with(executors(1, "7")).with(List.of()).of(0));
  }
}

package dev.convoy.spark.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.train.sampling.Sampler;
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
  private static Sampler sampler(int workers) {
    return new Sampler(60 * workers, workers, 5, 2, true, 42, 10);
  }

  private static List<String> ids(BlockHomes homes, Sampler sampler) {
    return IntStream.range(0, sampler.partitions()).mapToObj(p -> homes.of(p).id()).toList();
  }

  /** How many workers of a round are at home with each executor. */
  private static Map<String, Integer> atWork(BlockHomes homes, Sampler sampler, int round) {
    Map<String, Integer> atWork = new TreeMap<>();
    for (int partition : sampler.partitions(1, round)) {
      atWork.merge(homes.of(partition).id(), 1, Integer::sum);
    }
    return atWork;
  }

  @Test
  void inEveryRoundEachExecutorHasAsManyWorkersAsItHasCores() {
    Sampler sampler = sampler(6);
    BlockHomes homes =
        BlockHomes.of(sampler, List.of(executor("0", 1), executor("1", 3), executor("2", 2)));
    for (int round = 1; round <= sampler.roundsPerEpoch(); round++) {
      assertEquals(Map.of("0", 1, "1", 3, "2", 2), atWork(homes, sampler, round), "round " + round);
    }
  }

  @Test
  void moreWorkersThanCoresAreSharedOutEvenly() {
    Sampler sampler = sampler(5);
    BlockHomes homes = BlockHomes.of(sampler, executors(1, "0", "1"));
    for (int round = 1; round <= sampler.roundsPerEpoch(); round++) {
      assertEquals(Map.of("0", 3, "1", 2), atWork(homes, sampler, round), "round " + round);
    }
  }

  @Test
  void moreExecutorsThanWorkersAllHaveBlocksAndNoTwoWorkersShareOne() {
    Sampler sampler = sampler(2);
    BlockHomes homes = BlockHomes.of(sampler, executors(1, "0", "1", "2", "3"));
    assertEquals(4, ids(homes, sampler).stream().distinct().count());
    for (int round = 1; round <= sampler.roundsPerEpoch(); round++) {
      assertEquals(2, atWork(homes, sampler, round).size(), "executors in round " + round);
    }
  }

  @Test
  void aLostExecutorsBlocksAloneMoveAndItsReplacementGetsItsShare() {
    Sampler sampler = sampler(4);
    BlockHomes whole = BlockHomes.of(sampler, executors(1, "0", "1", "2", "3"));
    BlockHomes without = whole.with(executors(1, "0", "2", "3"));
    BlockHomes replaced = without.with(executors(1, "0", "2", "3", "4"));
    List<String> before = ids(whole, sampler);
    List<String> meanwhile = ids(without, sampler);
    List<String> after = ids(replaced, sampler);
    int moved = 0;
    for (int p = 0; p < sampler.partitions(); p++) {
      assertTrue(before.get(p).equals("1") || meanwhile.get(p).equals(before.get(p)), "block " + p);
      if (!after.get(p).equals(meanwhile.get(p))) {
        assertEquals("4", after.get(p));
        moved++;
      }
    }
    assertEquals(sampler.blocks(1), moved, "blocks of one worker");
    assertEquals(Map.of("0", 1, "2", 1, "3", 1, "4", 1), atWork(replaced, sampler, 1));
  }

  @Test
  void thereIsNoHomeWithoutExecutorsAndThereIsOneAsSoonAsTheyCome() {
    Sampler sampler = sampler(2);
    BlockHomes none = BlockHomes.of(sampler, new ArrayList<>());
    assertNull(none.of(0));
    assertEquals(Map.of("7", 1, "8", 1), atWork(none.with(executors(1, "7", "8")), sampler, 1));
    assertNull(none.with(executors(1, "7")).with(List.of()).of(0));
  }
}

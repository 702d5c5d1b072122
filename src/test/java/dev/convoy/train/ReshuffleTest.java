package dev.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.train.sampling.Sampler;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Examples that are dealt anew every so many epochs. */
class ReshuffleTest {
  private static final Sampler ONCE = new Sampler(101, 3, 5, 2, true, 9, 20);
  private static final Sampler ANEW = ONCE.anewEvery(3);

  private static int[] ids(Sampler sampler) {
    return IntStream.range(0, sampler.partitions())
        .flatMap(p -> Arrays.stream(sampler.ids(p)))
        .toArray();
  }

  @Test
  void examplesLieElsewhereAfterSoManyEpochs() {
    assertArrayEquals(ids(ONCE), ids(ANEW.in(1)));
    assertArrayEquals(ids(ONCE), ids(ANEW.in(3)));
    assertFalse(Arrays.equals(ids(ANEW.in(3)), ids(ANEW.in(4))));
    assertArrayEquals(ids(ANEW.in(4)), ids(ANEW.in(6)));
    assertFalse(Arrays.equals(ids(ANEW.in(6)), ids(ANEW.in(7))));
    assertEquals(ANEW.in(5), ANEW.in(1).in(5), "whatever epoch it is asked in");
    assertEquals(ONCE, ONCE.in(7));
  }

  @Test
  void everyExampleIsDealtOnceAndFound() {
    for (int epoch : new int[] {1, 4, 7, 1000}) {
      Sampler sampler = ANEW.in(epoch);
      int[] sorted = ids(sampler);
      Arrays.sort(sorted);
      assertArrayEquals(IntStream.range(0, 101).toArray(), sorted);
      for (int id = 0; id < 101; id++) {
        assertEquals(id, sampler.example(sampler.worker(id), sampler.place(id)));
      }
      assertEquals(ONCE.partitions(), sampler.partitions());
      assertEquals(ONCE.stepsPerEpoch(), sampler.stepsPerEpoch());
    }
  }

  @Test
  void whatIsNotShuffledIsNotDealtAnew() {
    Sampler inOrder = new Sampler(101, 3, 5, 2, false, 9, 20);
    assertEquals(
        "Examples are dealt anew every 1 or more epochs, and where they are shuffled, but was 2",
        assertThrows(IllegalArgumentException.class, () -> inOrder.anewEvery(2)).getMessage());
  }
}

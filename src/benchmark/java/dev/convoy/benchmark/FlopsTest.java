package dev.convoy.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.nn.Network;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Counts against products written out by hand: filters · channels · kernel · positions. */
class FlopsTest {
  @Test
  void lenet5() {
    assertCounts(
        BenchmarkNetwork.LENET5,
        6L * 25 * 28 * 28,
        16L * 6 * 25 * 10 * 10,
        400 * 120,
        120 * 84,
        84 * 10);
  }

  @Test
  void smallCnn() {
    assertCounts(
        BenchmarkNetwork.SMALL_CNN,
        32L * 9 * 28 * 28,
        64L * 32 * 9 * 14 * 14,
        64 * 7 * 7 * 128,
        128 * 10);
  }

  @Test
  void companion() {
    assertCounts(
        BenchmarkNetwork.COMPANION,
        32L * 9 * 28 * 28,
        32L * 32 * 9 * 28 * 28,
        64L * 32 * 9 * 14 * 14,
        64L * 64 * 9 * 14 * 14,
        64 * 7 * 7 * 256,
        256 * 32,
        32 * 10);
  }

  @Test
  void vggSmall() {
    assertCounts(
        BenchmarkNetwork.VGG_SMALL,
        32L * 3 * 9 * 32 * 32,
        32L * 32 * 9 * 32 * 32,
        64L * 32 * 9 * 16 * 16,
        64L * 64 * 9 * 16 * 16,
        128L * 64 * 9 * 8 * 8,
        128L * 128 * 9 * 8 * 8,
        128 * 4 * 4 * 128,
        128 * 10);
  }

  @Test
  void resnet20() {
    assertCounts(
        BenchmarkNetwork.RESNET20,
        16L * 3 * 9 * 32 * 32,
        6 * 16L * 16 * 9 * 32 * 32,
        32L * 16 * 9 * 16 * 16,
        5 * 32L * 32 * 9 * 16 * 16,
        32L * 16 * 16 * 16,
        64L * 32 * 9 * 8 * 8,
        5 * 64L * 64 * 9 * 8 * 8,
        64L * 32 * 8 * 8,
        64 * 10);
  }

  private static void assertCounts(BenchmarkNetwork which, long first, long... others) {
    Network network = which.network();
    long rest = LongStream.of(others).sum();
    assertEquals(2 * (first + rest), Flops.forward(network));
    assertEquals(2 * (2 * first + 3 * rest), Flops.training(network));
  }
}

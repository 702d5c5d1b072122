package dev.convoy.kernel.lane;

import static dev.convoy.testing.BothKernels.GUARD;
import static dev.convoy.testing.BothKernels.values;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.kernel.Kernels;
import dev.convoy.testing.Bits;
import dev.convoy.testing.BothKernels;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.RandomSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The turning of lanes, so that what lay in a row lies in the lanes. */
class LaneKernelsTest {
  private static final int WIDTH = Lanes.WIDTH;

  private final BothKernels both = new BothKernels();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 9, 13, 16, 31})
  void swapLanesGivesTheSameBits(int count) {
    RandomSource random = new RandomSource("swapLanes" + count);
    for (int gap : new int[] {0, 7, WIDTH}) {
      int sourceStride = count * WIDTH + gap;
      int targetStride = count * WIDTH + 2 * gap;
      float[] source = values(random, 3 + WIDTH * sourceStride);
      both.assertSame(
          random.again() + "gap " + gap,
          random.normal((WIDTH - 1) * targetStride + count * WIDTH + 2 * GUARD),
          (kernels, to) ->
              kernels.lanes().swap(source, 3, sourceStride, count, to, GUARD, targetStride));
    }
  }

  @ParameterizedTest
  @EnumSource
  void swappedRowsLieInTheLanesAndSwappedTwiceBack(KernelsUnderTest under) {
    Kernels kernels = under.create();
    RandomSource random = new RandomSource("swapLanes twice");
    for (int count : new int[] {1, 7, 8, 9, 31}) {
      int sourceStride = count * WIDTH + 5;
      int targetStride = count * WIDTH + WIDTH;
      float[] source = random.normal((WIDTH - 1) * sourceStride + count * WIDTH);
      float[] target = new float[(WIDTH - 1) * targetStride + count * WIDTH];
      kernels.lanes().swap(source, 0, sourceStride, count, target, 0, targetStride);
      for (int row = 0; row < WIDTH; row++) {
        for (int i = 0; i < count; i++) {
          for (int lane = 0; lane < WIDTH; lane++) {
            assertEquals(
                source[row * sourceStride + i * WIDTH + lane],
                target[lane * targetStride + i * WIDTH + row],
                random.again() + count + " blocks: row " + row + " lane " + lane);
          }
        }
      }
      float[] back = source.clone();
      for (int row = 0; row < WIDTH; row++) {
        int from = row * sourceStride;
        Arrays.fill(back, from, from + count * WIDTH, Float.NaN);
      }
      kernels.lanes().swap(target, 0, targetStride, count, back, 0, sourceStride);
      Bits.assertSame(source, back, random.again() + count + " blocks, twice");
    }
  }

  @Test
  void theFacadeRefusesRangesOutsideArrays() {
    Kernels kernels = Kernels.scalar();
    float[] square = new float[256];
    kernels.lanes().swap(square, 0, 16, 1, new float[256], 0, 16);
    assertRefused(
        "swapLanes source needs [1, 257) of an array of 256",
        () -> kernels.lanes().swap(square, 1, 16, 1, new float[256], 0, 16));
    assertRefused(
        "swapLanes target needs [0, 271) of an array of 256",
        () -> kernels.lanes().swap(square, 0, 16, 1, new float[256], 0, 17));
  }

  private static void assertRefused(String message, Runnable call) {
    IndexOutOfBoundsException e = assertThrows(IndexOutOfBoundsException.class, call::run);
    assertTrue(e.getMessage().endsWith(message), e.getMessage());
  }
}

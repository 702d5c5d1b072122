package dev.convoy.kernel.elementwise;

import static dev.convoy.testing.BothKernels.GUARD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.kernel.Kernels;
import dev.convoy.testing.BothKernels;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutDrawTest {
  private static final int RANGE = 1 << DropoutDraw.BITS;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 13, 15, 16, 17, 31, 32, 207, 1000})
  void factorsHaveTheSameBits(int count) {
    RandomSource random = new RandomSource("dropoutFactors" + count);
    for (long key : new long[] {0, 1, -1, Long.MIN_VALUE, 0x0123_4567_89AB_CDEFL}) {
      for (int threshold : new int[] {1, RANGE / 4, RANGE / 2, RANGE - 1, RANGE}) {
        float[] target = random.normal(count + 2 * GUARD);
        new BothKernels()
            .assertSame(
                random.again() + "key " + key + ", threshold " + threshold,
                target,
                (kernels, to) ->
                    kernels.elementwise().dropoutFactors(key, threshold, 1.25f, to, GUARD, count));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFactorIsZeroWhereTheDrawLiesBelowTheThreshold(KernelsUnderTest under) {
    float[] factors = new float[333];
    int threshold = RANGE / 3;
    under.create().elementwise().dropoutFactors(42, threshold, 1.5f, factors, 0, factors.length);
    for (int i = 0; i < factors.length; i++) {
      assertEquals(DropoutDraw.at(42, i) < threshold ? 0f : 1.5f, factors[i], "at " + i);
    }
  }

  /** The draws are part of what a job's result depends on: they must stay what they are. */
  @Test
  void theDrawsStayWhatTheyAre() {
    assertEquals(4770835, DropoutDraw.at(0x0123_4567_89AB_CDEFL, 5));
  }

  @Test
  void drawsFillTheirRangeEvenly() {
    int[] counts = new int[64];
    int draws = 64_000;
    for (int i = 0; i < draws; i++) {
      int draw = DropoutDraw.at(7, i);
      assertTrue(draw >= 0 && draw < RANGE, "draw " + draw);
      counts[draw >>> DropoutDraw.BITS - 6]++;
    }
    double squares = 0;
    for (int count : counts) {
      squares += (count - 1000.0) * (count - 1000.0) / 1000;
    }
    // Chi squared of 63 degrees of freedom exceeds 120 once in 50,000 times.
    assertTrue(squares < 120, "chi squared " + squares);
  }

  @Test
  void theFacadeRefusesRangesOutsideArrays() {
    IndexOutOfBoundsException e =
        assertThrows(
            IndexOutOfBoundsException.class,
            () -> Kernels.scalar().elementwise().dropoutFactors(1, 1, 2, new float[10], 3, 8));
    assertEquals("dropoutFactors needs [3, 11) of an array of 10", e.getMessage());
  }
}

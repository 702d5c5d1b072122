package dev.convoy.kernel.pool;

import static dev.convoy.testing.BothKernels.GUARD;
import static dev.convoy.testing.BothKernels.values;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.testing.BothKernels;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.RandomSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pooling: vector against scalar bit by bit, ties, NaN, and what is refused. */
class PoolKernelsTest {
  private static final int WIDTH = Lanes.WIDTH;

  private final PoolKernels scalar = Kernels.scalar().pools();
  private final BothKernels both = new BothKernels();

  private static PoolGeometry[] pools() {
    return new PoolGeometry[] {
      new PoolGeometry(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0),
      new PoolGeometry(6, 8, 3, 4, 2, 2, 2, 2, 1, 1, 0, 0),
      new PoolGeometry(7, 9, 3, 4, 2, 2, 2, 2, 1, 1, 0, 0),
      new PoolGeometry(9, 7, 4, 3, 3, 3, 2, 2, 1, 1, 0, 0),
      new PoolGeometry(8, 7, 4, 4, 3, 3, 2, 2, 1, 1, 1, 1),
      new PoolGeometry(5, 5, 5, 5, 3, 3, 1, 1, 1, 1, 1, 1),
      new PoolGeometry(9, 9, 4, 4, 2, 2, 2, 2, 2, 2, 0, 0),
      new PoolGeometry(6, 9, 5, 4, 2, 3, 1, 2, 1, 1, 0, 0),
      new PoolGeometry(7, 5, 4, 3, 2, 2, 2, 2, 1, 1, 0, 0),
      new PoolGeometry(13, 31, 1, 1, 13, 31, 1, 1, 1, 1, 0, 0),
      new PoolGeometry(9, 9, 3, 3, 2, 2, 3, 3, 1, 1, 0, 0),
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7})
  void maxPoolGivesTheSameBits(int planes) {
    RandomSource random = new RandomSource("maxPool" + planes);
    for (PoolGeometry geometry : pools()) {
      int inputs = planes * geometry.inputSize() * WIDTH;
      int outputs = planes * geometry.outputSize() * WIDTH;
      float[] source = new float[inputs + 3];
      for (int i = 0; i < source.length; i++) {
        // Few different values, so that windows hold ties, zeros of both signs, NaN, infinities.
        float[] some = {-1, -0f, 0f, 1, 2, 2, Float.NaN, Float.NEGATIVE_INFINITY, -3, 5, 5, 1};
        source[i] = some[random.nextInt(some.length)];
      }
      String what = random.again() + geometry;
      float[] target = random.normal(outputs + 2 * GUARD);
      float[] winners = new float[outputs + 3];
      both.assertSame(
          what + ": values",
          target,
          (kernels, to) ->
              kernels
                  .pools()
                  .maxPool(geometry, planes, source, 3, to, GUARD, new float[outputs], 0));
      float[] places = random.normal(outputs + 2 * GUARD);
      both.assertSame(
          what + ": winners",
          places,
          (kernels, to) ->
              kernels
                  .pools()
                  .maxPool(geometry, planes, source, 3, new float[outputs], 0, to, GUARD));
      scalar.maxPool(geometry, planes, source, 3, target, GUARD, winners, 3);
      float[] gradient = values(random, outputs + 5);
      both.assertSame(
          what + ": gradient",
          random.normal(inputs + 2 * GUARD),
          (kernels, to) ->
              kernels
                  .pools()
                  .maxPoolBackward(geometry, planes, gradient, 5, winners, 3, to, GUARD));
    }
  }

  @ParameterizedTest
  @EnumSource
  void maxPoolLetsTheFirstWinATieAndNaNWinAlways(KernelsUnderTest kernels) {
    PoolGeometry geometry = new PoolGeometry(2, 2, 1, 1, 2, 2, 2, 2, 1, 1, 0, 0);
    float nan = Float.NaN;
    float infinity = Float.POSITIVE_INFINITY;
    float[][] windows = {
      {1, 1, 1, 1},
      {0, 3, 3, 1},
      {1, nan, infinity, nan},
      {nan, 1, 2, 3},
      {1, 2, 3, nan},
      {-infinity, -infinity, -infinity, -infinity},
      {-0f, 0f, 0f, 0f},
      {2, 5, 7, 6},
    };
    float[] best = {1, 3, nan, nan, nan, -infinity, -0f, 7};
    int[] winner = {0, 1, 1, 0, 3, 0, 0, 2};
    float[] source = new float[4 * WIDTH];
    for (int lane = 0; lane < windows.length; lane++) {
      for (int cell = 0; cell < 4; cell++) {
        source[cell * WIDTH + lane] = windows[lane][cell];
      }
    }
    float[] target = new float[WIDTH];
    float[] winners = new float[WIDTH];
    kernels.create().pools().maxPool(geometry, 1, source, 0, target, 0, winners, 0);
    for (int lane = 0; lane < windows.length; lane++) {
      assertEquals(best[lane], target[lane], "value of window " + lane);
      assertEquals(winner[lane], winners[lane], "winner of window " + lane);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7})
  void avgPoolGivesTheSameBits(int planes) {
    RandomSource random = new RandomSource("avgPool" + planes);
    for (PoolGeometry geometry : pools()) {
      int inputs = planes * geometry.inputSize() * WIDTH;
      int outputs = planes * geometry.outputSize() * WIDTH;
      float[] scale = random.normal(geometry.outputSize());
      float[] source = values(random, inputs + 3);
      both.assertSame(
          random.again() + geometry,
          random.normal(outputs + 2 * GUARD),
          (kernels, to) -> kernels.pools().avgPool(geometry, planes, scale, source, 3, to, GUARD));
      float[] gradient = values(random, outputs + 5);
      both.assertSame(
          random.again() + geometry + ": gradient",
          random.normal(inputs + 2 * GUARD),
          (kernels, to) ->
              kernels.pools().avgPoolBackward(geometry, planes, scale, gradient, 5, to, GUARD));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7})
  void bilinearGivesTheSameBits(int planes) {
    RandomSource random = new RandomSource("bilinear" + planes);
    int[][] sizes = {{1, 1, 1, 1}, {1, 3, 2, 4}, {3, 4, 2, 2}, {5, 2, 3, 7}, {7, 9, 4, 1}};
    for (int[] size : sizes) {
      BilinearAxis rows = new BilinearAxis(size[0], size[0] * size[2]);
      BilinearAxis columns = new BilinearAxis(size[1], size[1] * size[3]);
      int inputs = planes * size[0] * size[1] * WIDTH;
      int outputs = inputs * size[2] * size[3];
      float[] source = values(random, inputs + 3);
      String what = random.again() + Arrays.toString(size);
      both.assertSame(
          what,
          random.normal(outputs + 2 * GUARD),
          (kernels, to) -> kernels.pools().bilinear(rows, columns, planes, source, 3, to, GUARD));
      float[] gradient = values(random, outputs + 5);
      both.assertSame(
          what + ": gradient",
          random.normal(inputs + 2 * GUARD),
          (kernels, to) ->
              kernels.pools().bilinearBackward(rows, columns, planes, gradient, 5, to, GUARD));
    }
  }

  @Test
  void theFacadeRefusesRangesOutsideArrays() {
    PoolGeometry pool = new PoolGeometry(1, 3, 1, 2, 1, 2, 1, 1, 1, 1, 0, 0);
    float[] source = new float[48];
    float[] target = new float[32];
    assertRefused(
        "pooling input needs [0, 96) of an array of 48",
        () -> scalar.maxPool(pool, 2, source, 0, new float[64], 0, new float[64], 0));
    assertRefused(
        "pooling output needs [1, 33) of an array of 32",
        () -> scalar.avgPool(pool, 1, new float[2], source, 0, target, 1));
    assertRefused(
        "maxPool winners needs [0, 32) of an array of 31",
        () -> scalar.maxPool(pool, 1, source, 0, target, 0, new float[31], 0));
    assertRefused(
        "avgPoolBackward scale needs [0, 2) of an array of 1",
        () -> scalar.avgPoolBackward(pool, 1, new float[1], target, 0, source, 0));
    BilinearAxis axis = new BilinearAxis(1, 2);
    assertRefused(
        "resampling output needs [0, 64) of an array of 32",
        () -> scalar.bilinear(axis, axis, 1, source, 0, target, 0));
    assertRefused(
        "resampling input needs [40, 56) of an array of 48",
        () -> scalar.bilinearBackward(axis, axis, 1, new float[64], 0, source, 40));
  }

  private static void assertRefused(String message, Runnable call) {
    IndexOutOfBoundsException e = assertThrows(IndexOutOfBoundsException.class, call::run);
    assertTrue(e.getMessage().endsWith(message), e.getMessage());
  }
}

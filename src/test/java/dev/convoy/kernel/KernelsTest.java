package dev.convoy.kernel;

import static dev.convoy.testing.BothKernels.GUARD;
import static dev.convoy.testing.BothKernels.values;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.testing.Bits;
import dev.convoy.testing.BothKernels;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.RandomSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector kernels against the scalar ones, bit by bit, and the facade's checks. */
class KernelsTest {
  private static final int WIDTH = Lanes.WIDTH;

  private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 8, 9, 13, 31};

  private final Kernels scalar = Kernels.scalar();
  private final BothKernels both = new BothKernels();

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 13, 31, 207})
  void productGivesTheSameBits(int taps) {
    RandomSource random = new RandomSource("product" + taps);
    for (int filters : SIZES) {
      for (int columns : SIZES) {
        int rows = 1 + (filters + columns) % 3;
        // Targets with a gap after each column and row, as a strided input gradient has.
        int gap = columns % 2 == 0 ? WIDTH : 0;
        int targetColumn = WIDTH + gap;
        int targetRow = columns * targetColumn + gap;
        int targetPlane = rows * targetRow;
        int[] offsets = IntStream.range(0, taps).map(t -> random.nextInt(64) * WIDTH).toArray();
        TapGeometry geometry =
            new TapGeometry(
                offsets,
                rows,
                columns,
                columns * WIDTH,
                WIDTH,
                targetRow,
                targetColumn,
                targetPlane);
        float[] weights = values(random, 3 + Kernels.packedSize(filters, taps));
        float[] start = values(random, 5 + Kernels.packedFilters(filters));
        float[] source = values(random, (int) geometry.sourceReach() + 7);
        float[] target = random.normal((int) geometry.targetReach(filters) + 2 * GUARD);
        both.assertSame(
            random.again() + "product of " + taps + " taps, " + filters + " filters, " + columns,
            target,
            (kernels, to) ->
                kernels.product(geometry, weights, 3, start, 5, filters, source, 7, to, GUARD));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 13, 31, 207})
  void productGradientGivesTheSameBits(int taps) {
    RandomSource random = new RandomSource("productGradient" + taps);
    for (int filters : SIZES) {
      for (int columns : new int[] {1, 2, 3, 7, 9}) {
        int rows = 1 + (filters + columns) % 3;
        int blocks = 1 + filters % 3;
        int plane = rows * columns * WIDTH;
        int[] offsets = IntStream.range(0, taps).map(t -> random.nextInt(64) * WIDTH).toArray();
        TapGeometry geometry =
            new TapGeometry(
                offsets, rows, columns, columns * WIDTH, WIDTH, columns * WIDTH, WIDTH, plane);
        int sourceBlock = (int) geometry.sourceReach();
        int targetBlock = (int) geometry.targetReach(filters);
        float[] source = values(random, blocks * sourceBlock + 7);
        float[] above = values(random, blocks * targetBlock + 5);
        float[] gradient = random.normal(filters * taps + 2 * GUARD);
        both.assertSame(
            random.again() + "gradient of " + taps + " taps, " + filters + " filters, " + columns,
            gradient,
            (kernels, to) ->
                kernels.productGradient(
                    geometry,
                    blocks,
                    sourceBlock,
                    targetBlock,
                    filters,
                    source,
                    7,
                    above,
                    5,
                    to,
                    GUARD));
      }
    }
  }

  @Test
  void addPlanesGivesTheSameBits() {
    RandomSource random = new RandomSource("addPlanes");
    for (int vectors : SIZES) {
      for (int planes : new int[] {1, 2, 4, 7, 12}) {
        int size = vectors * WIDTH;
        float[] values = values(random, 3 + planes * size);
        both.assertSame(
            random.again() + vectors + " vectors, " + planes + " planes",
            values(random, planes * WIDTH + 2 * GUARD),
            (kernels, to) -> kernels.addPlanes(values, 3, size, planes, to, GUARD));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void addPlanesAddsEachLaneInItsOrder(KernelsUnderTest kernels) {
    RandomSource random = new RandomSource("order");
    float[] values = random.normal(5 * 3 * WIDTH);
    float[] sums = random.normal(5 * WIDTH);
    float[] expected = sums.clone();
    for (int i = 0; i < values.length; i++) {
      expected[i / (3 * WIDTH) * WIDTH + i % WIDTH] += values[i];
    }
    kernels.create().addPlanes(values, 0, 3 * WIDTH, 5, sums, 0);
    Bits.assertSame(expected, sums, random.again());
  }

  @Test
  void lanesAreJoinedByHalving() {
    RandomSource random = new RandomSource("halving");
    for (int draw = 0; draw < 200; draw++) {
      float[] values = random.normal(WIDTH);
      float actual = Lanes.sum(values, 0);
      for (int apart = WIDTH / 2; apart > 0; apart /= 2) {
        for (int lane = 0; lane < apart; lane++) {
          values[lane] += values[lane + apart];
        }
      }
      assertEquals(values[0], actual, random.again() + "draw " + draw);
    }
  }

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
              kernels.maxPool(geometry, planes, source, 3, to, GUARD, new float[outputs], 0));
      float[] places = random.normal(outputs + 2 * GUARD);
      both.assertSame(
          what + ": winners",
          places,
          (kernels, to) ->
              kernels.maxPool(geometry, planes, source, 3, new float[outputs], 0, to, GUARD));
      scalar.maxPool(geometry, planes, source, 3, target, GUARD, winners, 3);
      float[] gradient = values(random, outputs + 5);
      both.assertSame(
          what + ": gradient",
          random.normal(inputs + 2 * GUARD),
          (kernels, to) ->
              kernels.maxPoolBackward(geometry, planes, gradient, 5, winners, 3, to, GUARD));
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
    kernels.create().maxPool(geometry, 1, source, 0, target, 0, winners, 0);
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
          (kernels, to) -> kernels.avgPool(geometry, planes, scale, source, 3, to, GUARD));
      float[] gradient = values(random, outputs + 5);
      both.assertSame(
          random.again() + geometry + ": gradient",
          random.normal(inputs + 2 * GUARD),
          (kernels, to) ->
              kernels.avgPoolBackward(geometry, planes, scale, gradient, 5, to, GUARD));
    }
  }

  @Test
  void reluGivesTheSameBits() {
    RandomSource random = new RandomSource("relu");
    for (int count : new int[] {1, 7, 8, 9, 13, 16, 31, 207}) {
      float[] source = values(random, count + 3);
      source[3] = Float.NaN;
      source[count + 2] = Float.NEGATIVE_INFINITY;
      float[] target = random.normal(count + 2 * GUARD);
      both.assertSame(
          random.again() + "relu " + count,
          target,
          (kernels, to) -> kernels.relu(source, 3, to, GUARD, count));
      float[] output = values(random, count + 5);
      output[5] = Float.NaN;
      both.assertSame(
          random.again() + "reluBackward " + count,
          target,
          (kernels, to) -> kernels.reluBackward(output, 5, to, GUARD, count));
    }
  }

  @ParameterizedTest
  @EnumSource
  void reluKeepsNaNAndTurnsMinusZeroIntoZero(KernelsUnderTest kernels) {
    float[] x = {Float.NaN, -0f, 0f, -1, 1, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY};
    kernels.create().relu(x, 0, x, 0, x.length);
    float[] expected = {Float.NaN, 0f, 0f, 0f, 1, 0f, Float.POSITIVE_INFINITY};
    Bits.assertSame(expected, x, "relu");
  }

  @Test
  void replaceUnlessPositiveGivesTheSameBits() {
    RandomSource random = new RandomSource("replaceUnlessPositive");
    for (int count : new int[] {1, 7, 8, 9, 13, 16, 31, 207}) {
      float[] test = values(random, count + 3);
      test[3] = Float.NaN;
      float[] other = values(random, count + 5);
      both.assertSame(
          random.again() + "replaceUnlessPositive " + count,
          random.normal(count + 2 * GUARD),
          (kernels, to) -> kernels.replaceUnlessPositive(test, 3, other, 5, to, GUARD, count));
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatIsAboveZeroIsNotReplaced(KernelsUnderTest kernels) {
    float[] test = {Float.NaN, -0f, 0f, -1, 1, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY};
    float[] target = {1, 2, 3, 4, Float.NaN, 6, 7};
    float[] other = {10, 20, Float.NaN, 40, 50, 60, 70};
    kernels.create().replaceUnlessPositive(test, 0, other, 0, target, 0, target.length);
    Bits.assertSame(new float[] {10, 20, Float.NaN, 40, Float.NaN, 60, 7}, target, "replaced");
  }

  @Test
  void theFacadeRefusesRangesOutsideArrays() {
    TapGeometry taps = new TapGeometry(new int[] {0, 16}, 1, 2, 32, 16, 32, 16, 32);
    float[] weights = new float[8];
    float[] start = new float[4];
    float[] source = new float[48];
    float[] target = new float[32];
    scalar.product(taps, weights, 0, start, 0, 1, source, 0, target, 0);
    assertRefused(
        "product weights needs [1, 9) of an array of 8",
        () -> scalar.product(taps, weights, 1, start, 0, 1, source, 0, target, 0));
    assertRefused(
        "product start needs [1, 5) of an array of 4",
        () -> scalar.product(taps, weights, 0, start, 1, 1, source, 0, target, 0));
    assertRefused(
        "product source needs [1, 49) of an array of 48",
        () -> scalar.product(taps, weights, 0, start, 0, 1, source, 1, target, 0));
    assertRefused(
        "product target needs [0, 64) of an array of 32",
        () -> scalar.product(taps, weights, 0, start, 0, 2, source, 0, target, 0));
    assertRefused(
        "product target needs [-1, 31) of an array of 32",
        () -> scalar.product(taps, weights, 0, start, 0, 1, source, 0, target, -1));
    assertRefused(
        "productGradient source needs [0, 96) of an array of 48",
        () -> scalar.productGradient(taps, 2, 48, 0, 1, source, 0, target, 0, new float[2], 0));
    assertRefused(
        "productGradient target needs [0, 64) of an array of 32",
        () -> scalar.productGradient(taps, 2, 0, 32, 1, source, 0, target, 0, new float[2], 0));
    assertRefused(
        "productGradient gradient needs [1, 3) of an array of 2",
        () -> scalar.productGradient(taps, 1, 0, 0, 1, source, 0, target, 0, new float[2], 1));
    assertRefused(
        "addPlanes values needs [0, 64) of an array of 48",
        () -> scalar.addPlanes(source, 0, 32, 2, target, 0));
    assertRefused(
        "addPlanes sums needs [1, 33) of an array of 32",
        () -> scalar.addPlanes(source, 0, 16, 2, target, 1));
    PoolGeometry pool = new PoolGeometry(1, 3, 1, 2, 1, 2, 1, 1, 1, 1, 0, 0);
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
    assertRefused(
        "source needs [30, 33) of an array of 32", () -> scalar.relu(target, 30, source, 0, 3));
    assertRefused(
        "target needs [46, 49) of an array of 48", () -> scalar.exp(target, 0, source, 46, 3));
    assertRefused(
        "test needs [1, 33) of an array of 32",
        () -> scalar.replaceUnlessPositive(target, 1, source, 0, source, 0, 32));
    assertRefused(
        "source needs [0, -1) of an array of 32", () -> scalar.tanh(target, 0, source, 0, -1));
  }

  private static void assertRefused(String message, Runnable call) {
    IndexOutOfBoundsException e = assertThrows(IndexOutOfBoundsException.class, call::run);
    assertTrue(e.getMessage().endsWith(message), e.getMessage());
  }
}

package dev.convoy.kernel.tap;

import static dev.convoy.testing.BothKernels.GUARD;
import static dev.convoy.testing.BothKernels.values;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;
import dev.convoy.testing.Bits;
import dev.convoy.testing.BothKernels;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.RandomSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums over taps and of planes: vector against scalar bit by bit, and what is refused. */
class TapKernelsTest {
  private static final int WIDTH = Lanes.WIDTH;

  private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 8, 9, 13, 31};

  private final TapKernels scalar = Kernels.scalar().taps();
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
        float[] weights = values(random, 3 + Pack.floats(filters, taps));
        float[] start = values(random, 5 + Pack.wholeFilters(filters));
        float[] source = values(random, (int) geometry.sourceReach() + 7);
        float[] target = random.normal((int) geometry.targetReach(filters) + 2 * GUARD);
        both.assertSame(
            random.again() + "product of " + taps + " taps, " + filters + " filters, " + columns,
            target,
            (kernels, to) ->
                kernels
                    .taps()
                    .product(geometry, weights, 3, start, 5, filters, source, 7, to, GUARD));
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
                kernels
                    .taps()
                    .productGradient(
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
            (kernels, to) -> kernels.taps().addPlanes(values, 3, size, planes, to, GUARD));
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
    kernels.create().taps().addPlanes(values, 0, 3 * WIDTH, 5, sums, 0);
    Bits.assertSame(expected, sums, random.again());
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
  }

  private static void assertRefused(String message, Runnable call) {
    IndexOutOfBoundsException e = assertThrows(IndexOutOfBoundsException.class, call::run);
    assertTrue(e.getMessage().endsWith(message), e.getMessage());
  }
}

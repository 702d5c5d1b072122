package dev.convoy.kernel.tap;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Products of planes whose channels lie in the lanes, tap by tap. */
class PlaneProductTest {
  private static final int WIDTH = Lanes.WIDTH;

  /** Half the distance from 1 to the next float: the largest error of a rounding, of the value. */
  private static final double ROUNDING = 0x1p-24;

  private final BothKernels both = new BothKernels();

  /** Taps at uneven distances, strides of two positions in the source, gaps everywhere. */
  private static TapGeometry geometry(int taps, int rows, int columns) {
    int[] offsets = new int[taps];
    for (int t = 0; t < taps; t++) {
      offsets[t] = t * 5 * WIDTH % (7 * WIDTH) + t;
    }
    int targetRow = (columns + 1) * WIDTH;
    int sourceRow = (2 * columns + 3) * WIDTH;
    return new TapGeometry(
        offsets, rows, columns, sourceRow, 2 * WIDTH, targetRow, WIDTH, rows * targetRow + 9);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 9, 13, 25})
  void addPlaneProductGivesTheSameBits(int taps) {
    for (int filters : new int[] {4, 8, 12, 16, 20, 36}) {
      for (int columns : new int[] {1, 7, 16}) {
        for (int rows : new int[] {1, 3}) {
          TapGeometry geometry = geometry(taps, rows, columns);
          RandomSource random = new RandomSource("addPlaneProduct" + geometry + filters);
          float[] left = values(random, 3 + (int) geometry.targetReach(Lanes.blocks(filters)));
          float[] source = values(random, 5 + (int) geometry.sourceReach());
          both.assertSame(
              random.again() + geometry + filters + " filters",
              random.normal(filters * taps * WIDTH + 2 * GUARD),
              (kernels, to) ->
                  kernels.taps().addPlaneProduct(geometry, filters, left, 3, source, 5, to, GUARD));
        }
      }
    }
  }

  /** Compares with float64: a sum of k products has k roundings, and one more joins the target. */
  @ParameterizedTest
  @EnumSource
  void addPlaneProductAddsTheSumOverThePositions(KernelsUnderTest under) {
    Kernels kernels = under.create();
    int filters = 20;
    TapGeometry geometry = geometry(7, 3, 5);
    RandomSource random = new RandomSource("addPlaneProduct in float64");
    float[] left = random.normal((int) geometry.targetReach(Lanes.blocks(filters)));
    float[] source = random.normal((int) geometry.sourceReach());
    float[] before = random.normal(filters * 7 * WIDTH);
    float[] after = before.clone();
    kernels.taps().addPlaneProduct(geometry, filters, left, 0, source, 0, after, 0);
    for (int at = 0; at < after.length; at++) {
      int f = at / WIDTH / 7;
      double sum = before[at];
      double scale = Math.abs(sum);
      for (int p = 0; p < 15; p++) {
        int w = p / 5 * geometry.targetRow() + p % 5 * geometry.targetColumn();
        int x = p / 5 * geometry.sourceRow() + p % 5 * geometry.sourceColumn();
        double product =
            (double) left[f / WIDTH * geometry.targetPlane() + f % WIDTH + w]
                * source[x + geometry.offsets()[at / WIDTH % 7] + at % WIDTH];
        sum += product;
        scale += Math.abs(product);
      }
      assertEquals(sum, after[at], 16 * ROUNDING * scale, random.again() + "at " + at);
    }
  }

  @Test
  void addPlaneProductRefusesFiltersThatFillNoPack() {
    TapGeometry geometry = geometry(1, 1, 1);
    float[] values = new float[1000];
    Exception refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Kernels.scalar()
                    .taps()
                    .addPlaneProduct(geometry, 6, values, 0, values, 0, values, 0));
    assertTrue(refused.getMessage().contains("but got 6"), refused.getMessage());
  }
}

package dev.convoy.kernel.panel;

import static dev.convoy.testing.BothKernels.GUARD;
import static dev.convoy.testing.BothKernels.values;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;
import dev.convoy.testing.BothKernels;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Products of panels: vector against scalar bit by bit, both against float64. */
class PanelProductTest {
  private static final int ROW = Pack.SIZE * Lanes.WIDTH;

  private final BothKernels both = new BothKernels();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 16, 31, 64, 130})
  void panelProductGivesTheSameBits(int taps) {
    for (int filters = Pack.SIZE; filters <= 12; filters += Pack.SIZE) {
      for (int blocks = 1; blocks <= 12; blocks++) {
        RandomSource random = new RandomSource("panelProduct");
        int rows = filters;
        int count = blocks;
        int panels = (blocks + Pack.SIZE - 1) / Pack.SIZE;
        float[] weights = values(random, 3 + rows * taps);
        float[] source = values(random, 5 + panels * taps * ROW);
        both.assertSame(
            random.again() + filters + " filters, " + taps + " taps, " + blocks + " blocks",
            random.normal(panels * rows * ROW + 2 * GUARD),
            (kernels, to) ->
                kernels.panels().product(weights, 3, rows, taps, source, 5, count, to, GUARD));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void panelProductIsTheSumOverTaps(KernelsUnderTest under) {
    RandomSource random = new RandomSource("panelProduct in float64");
    int filters = 8;
    int taps = 19;
    int panels = 2;
    float[] weights = random.normal(filters * taps);
    float[] source = random.normal(panels * taps * ROW);
    float[] target = new float[panels * filters * ROW];
    int blocks = panels * Pack.SIZE - 1;
    under.create().panels().product(weights, 0, filters, taps, source, 0, blocks, target, 0);
    for (int panel = 0; panel < panels; panel++) {
      for (int f = 0; f < filters; f++) {
        int used = panel == panels - 1 ? ROW - Lanes.WIDTH : ROW;
        for (int i = used; i < ROW; i++) {
          assertEquals(0, target[(panel * filters + f) * ROW + i], "left alone");
        }
        for (int i = 0; i < used; i++) {
          double sum = 0;
          double scale = 0;
          for (int t = 0; t < taps; t++) {
            double weight = weights[(f / 4 * taps + t) * 4 + f % 4];
            double product = weight * source[(panel * taps + t) * ROW + i];
            sum += product;
            scale += Math.abs(product);
          }
          double allowed = taps * 0x1p-24 * scale;
          assertEquals(sum, target[(panel * filters + f) * ROW + i], allowed, random.again());
        }
      }
    }
  }

  @Test
  void theFacadeRefusesRangesOutsideArrays() {
    Kernels kernels = Kernels.scalar();
    float[] weights = new float[24];
    float[] panel = new float[6 * ROW];
    float[] target = new float[4 * ROW];
    kernels.panels().product(weights, 0, 4, 6, panel, 0, 1, target, 0);
    assertRefused(
        "panelProduct weights needs [1, 25) of an array of 24",
        () -> kernels.panels().product(weights, 1, 4, 6, panel, 0, 1, target, 0));
    assertRefused(
        "panelProduct source needs [2, 386) of an array of 384",
        () -> kernels.panels().product(weights, 0, 4, 6, panel, 2, 1, target, 0));
    assertRefused(
        "panelProduct target needs [0, 512) of an array of 256",
        () -> kernels.panels().product(weights, 0, 8, 3, panel, 0, 1, target, 0));
    assertRefused(
        "panelProduct needs filters by 4, but got 3",
        () -> kernels.panels().product(weights, 0, 3, 6, panel, 0, 1, target, 0));
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(message, assertThrows(RuntimeException.class, call::run).getMessage());
  }
}

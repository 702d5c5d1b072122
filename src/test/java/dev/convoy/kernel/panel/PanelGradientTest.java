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

/** Gradients of panels' filters: vector against scalar bit by bit, both against float64. */
class PanelGradientTest {
  private static final int PANEL = Pack.PANEL;
  private static final int WIDTH = Lanes.WIDTH;

  private final BothKernels both = new BothKernels();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 15, 16, 33, 64})
  void addPanelGradientGivesTheSameBits(int depth) {
    for (int filters = Pack.SIZE; filters <= 20; filters += Pack.SIZE) {
      for (int groups = 1; groups <= 5; groups++) {
        RandomSource random = new RandomSource("addPanelGradient");
        int rows = filters;
        int width = groups * WIDTH;
        float[] left = values(random, 3 + rows * PANEL);
        float[] right = values(random, 5 + width * PANEL);
        int count = groups;
        both.assertSame(
            random.again() + filters + " filters, " + groups + " groups, depth " + depth,
            random.normal(rows * width + 2 * GUARD),
            (kernels, to) ->
                kernels.panels().addGradient(rows, count, depth, left, 3, right, 5, to, GUARD));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void addPanelGradientAddsTheSumOfProducts(KernelsUnderTest under) {
    RandomSource random = new RandomSource("addPanelGradient in float64");
    int filters = 12;
    int groups = 3;
    int depth = 48;
    float[] left = random.normal(filters * PANEL);
    float[] right = random.normal(groups * WIDTH * PANEL);
    float[] before = random.normal(filters * groups * WIDTH);
    float[] target = before.clone();
    under.create().panels().addGradient(filters, groups, depth, left, 0, right, 0, target, 0);
    for (int f = 0; f < filters; f++) {
      for (int c = 0; c < groups * WIDTH; c++) {
        int at = f * groups * WIDTH + c;
        double sum = before[at];
        double scale = Math.abs(sum);
        for (int k = 0; k < depth; k++) {
          // The first two groups are a pair, the third has no partner.
          int from = c < 2 * WIDTH ? k * 2 * WIDTH + c : (2 * PANEL + k) * WIDTH + c - 2 * WIDTH;
          double product = (double) left[f * PANEL + k] * right[from];
          sum += product;
          scale += Math.abs(product);
        }
        assertEquals(sum, target[at], (depth + 1) * 0x1p-24 * scale, random.again());
      }
    }
  }

  @Test
  void theFacadeRefusesWhatDoesNotFit() {
    Kernels kernels = Kernels.scalar();
    float[] left = new float[4 * PANEL];
    float[] right = new float[PANEL * WIDTH];
    float[] target = new float[4 * WIDTH];
    kernels.panels().addGradient(4, 1, PANEL, left, 0, right, 0, target, 0);
    assertRefused(
        "addPanelGradient left needs [1, 257) of an array of 256",
        () -> kernels.panels().addGradient(4, 1, PANEL, left, 1, right, 0, target, 0));
    assertRefused(
        "addPanelGradient right needs [0, 2048) of an array of 1024",
        () -> kernels.panels().addGradient(4, 2, PANEL, left, 0, right, 0, target, 0));
    assertRefused(
        "addPanelGradient target needs [2, 66) of an array of 64",
        () -> kernels.panels().addGradient(4, 1, PANEL, left, 0, right, 0, target, 2));
    assertRefused(
        "addPanelGradient needs filters by 4 and a depth of 0 to 64, but got 3 and 64",
        () -> kernels.panels().addGradient(3, 1, PANEL, left, 0, right, 0, target, 0));
    assertRefused(
        "addPanelGradient needs filters by 4 and a depth of 0 to 64, but got 4 and 65",
        () -> kernels.panels().addGradient(4, 1, 65, left, 0, right, 0, target, 0));
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(message, assertThrows(RuntimeException.class, call::run).getMessage());
  }
}

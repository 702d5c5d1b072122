package dev.convoy.kernel.normalization;

import static dev.convoy.testing.BothKernels.GUARD;
import static dev.convoy.testing.BothKernels.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.testing.Bits;
import dev.convoy.testing.BothKernels;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.RandomSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Normalisation: vector against scalar bit by bit, both against float64, joined against single. */
class NormalizationKernelsTest {
  private static final int WIDTH = Lanes.WIDTH;
  private static final float CENTER = 0.25f;
  private static final float SCALE = 1.75f;
  private static final float SHIFT = -0.3f;

  private final BothKernels both = new BothKernels();

  private static ChannelRuns runs(int blocks, int runs) {
    return new ChannelRuns(blocks * WIDTH, runs, 3 * blocks * WIDTH);
  }

  private static int size(ChannelRuns runs) {
    return (int) runs.reach() + 2 * GUARD;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 31, 64})
  void valuesHaveTheSameBits(int blocks) {
    for (int count = 1; count <= 3; count++) {
      RandomSource random = new RandomSource("normalization");
      ChannelRuns runs = runs(blocks, count);
      float[] x = values(random, size(runs));
      float[] other = values(random, size(runs));
      String what = random.again() + runs;
      for (boolean rectifies : List.of(false, true)) {
        both.assertSame(
            what + " normalize " + rectifies,
            random.normal(size(runs)),
            (kernels, y) ->
                kernels
                    .normalization()
                    .normalize(runs, x, GUARD, CENTER, SCALE, SHIFT, rectifies, y));
        both.assertSame(
            what + " normalizeAndAdd " + rectifies,
            random.normal(size(runs)),
            (kernels, y) ->
                kernels
                    .normalization()
                    .normalizeAndAdd(runs, x, GUARD, CENTER, SCALE, SHIFT, other, rectifies, y));
      }
      both.assertSame(
          what + " gradient",
          random.normal(size(runs)),
          (kernels, dx) ->
              kernels
                  .normalization()
                  .gradient(runs, other, x, GUARD, CENTER, 1.3f, -0.2f, 0.01f, dx));
      both.assertSame(
          what + " rectifiedGradient",
          random.normal(size(runs)),
          (kernels, dx) ->
              kernels
                  .normalization()
                  .rectifiedGradient(
                      runs, other, x, GUARD, CENTER, SCALE, SHIFT, 1.3f, -0.2f, 0.01f, dx));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 31, 64})
  void sumsHaveTheSameBits(int blocks) {
    for (int count = 1; count <= 3; count++) {
      RandomSource random = new RandomSource("normalization sums");
      ChannelRuns runs = runs(blocks, count);
      float[] x = values(random, size(runs));
      float[] dy = values(random, size(runs));
      float[] y = values(random, size(runs));
      float[] lanes = new float[WIDTH];
      for (int lane = 0; lane < 5; lane++) {
        lanes[lane] = 1;
      }
      String what = random.again() + runs;
      double[] scalar = new double[8];
      double[] vector = new double[8];
      sums(Kernels.scalar(), runs, x, dy, y.clone(), lanes, scalar);
      sums(Kernels.vector(), runs, x, dy, y.clone(), lanes, vector);
      assertArrayEquals(scalar, vector, what);
      both.assertSame(
          what + " rectified",
          dy,
          (kernels, changed) ->
              kernels
                  .normalization()
                  .rectifyAndProducts(runs, y, changed, x, GUARD, CENTER, new double[2]));
    }
  }

  private static void sums(
      Kernels kernels,
      ChannelRuns runs,
      float[] x,
      float[] dy,
      float[] y,
      float[] lanes,
      double[] into) {
    NormalizationKernels normalization = kernels.normalization();
    double[] two = new double[2];
    normalization.squares(runs, x, GUARD, CENTER, lanes, two);
    System.arraycopy(two, 0, into, 0, 2);
    normalization.products(runs, dy, x, GUARD, CENTER, two);
    System.arraycopy(two, 0, into, 2, 2);
    normalization.rectifiedProducts(runs, dy, x, GUARD, CENTER, SCALE, SHIFT, two);
    System.arraycopy(two, 0, into, 4, 2);
    normalization.rectifyAndProducts(runs, y, dy.clone(), x, GUARD, CENTER, two);
    System.arraycopy(two, 0, into, 6, 2);
  }

  @ParameterizedTest
  @EnumSource
  void sumsAreThoseOfFloat64(KernelsUnderTest under) {
    RandomSource random = new RandomSource("normalization in float64");
    ChannelRuns runs = runs(37, 2);
    float[] x = random.normal(size(runs));
    float[] dy = random.normal(size(runs));
    float[] lanes = new float[WIDTH];
    lanes[3] = 1;
    double[] expected = new double[6];
    for (int run = 0; run < 2; run++) {
      for (int i = 0; i < runs.count(); i++) {
        int at = GUARD + run * runs.stride() + i;
        double d = (double) x[at] - CENTER;
        double counts = run == 0 || i % WIDTH == 3 ? 1 : 0;
        expected[0] += counts * d;
        expected[1] += counts * d * d;
        expected[2] += dy[at];
        expected[3] += dy[at] * d;
        boolean passes = d * SCALE + SHIFT > 0;
        expected[4] += passes ? dy[at] : 0;
        expected[5] += passes ? dy[at] * d : 0;
      }
    }
    double[] actual = new double[8];
    sums(under.create(), runs, x, dy, x.clone(), lanes, actual);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 1e-4, random.again() + "sum " + i);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsJoinedGivesWhatItsPartsGive(KernelsUnderTest under) {
    RandomSource random = new RandomSource("normalization joined");
    Kernels kernels = under.create();
    NormalizationKernels normalization = kernels.normalization();
    ChannelRuns runs = runs(19, 1);
    int count = runs.count();
    float[] x = values(random, count);
    float[] dy = values(random, count);
    float[] addend = values(random, count);
    float[] y = new float[count];
    normalization.normalize(runs, x, 0, CENTER, SCALE, SHIFT, false, y);
    float[] sum = new float[count];
    for (int i = 0; i < count; i++) {
      sum[i] = y[i] + addend[i];
    }
    kernels.elementwise().relu(sum, 0, sum, 0, count);
    kernels.elementwise().relu(y, 0, y, 0, count);
    float[] joined = new float[count];
    normalization.normalize(runs, x, 0, CENTER, SCALE, SHIFT, true, joined);
    Bits.assertSame(y, joined, random.again() + "rectified");
    normalization.normalizeAndAdd(runs, x, 0, CENTER, SCALE, SHIFT, addend, true, joined);
    Bits.assertSame(sum, joined, random.again() + "rectified sum");

    float[] masked = dy.clone();
    kernels.elementwise().reluBackward(y, 0, masked, 0, count);
    double[] expected = new double[2];
    normalization.products(runs, masked, x, 0, CENTER, expected);
    double[] actual = new double[2];
    normalization.rectifiedProducts(runs, dy, x, 0, CENTER, SCALE, SHIFT, actual);
    assertArrayEquals(expected, actual, random.again());
    normalization.gradient(runs, masked, x, 0, CENTER, 1.3f, -0.2f, 0.01f, sum);
    normalization.rectifiedGradient(
        runs, dy, x, 0, CENTER, SCALE, SHIFT, 1.3f, -0.2f, 0.01f, joined);
    Bits.assertSame(sum, joined, random.again() + "rectified gradient");
    normalization.rectifyAndProducts(runs, y, dy, x, 0, CENTER, actual);
    assertArrayEquals(expected, actual, random.again());
    Bits.assertSame(masked, dy, random.again() + "gradient rectified");
  }

  @Test
  void normalizesFromOnePlaceToAnother() {
    RandomSource random = new RandomSource("places");
    ChannelRuns runs = runs(3, 2);
    float[] x = random.normal((int) runs.reach());
    for (Kernels kernels : List.of(Kernels.scalar(), Kernels.vector())) {
      for (boolean rectifies : List.of(false, true)) {
        NormalizationKernels normalization = kernels.normalization();
        float[] here = new float[x.length];
        normalization.normalize(runs, x, 0, CENTER, SCALE, SHIFT, rectifies, here);
        float[] there = new float[x.length + 5];
        normalization.normalize(runs, x, 0, CENTER, SCALE, SHIFT, rectifies, there, 5);
        float[] shifted = Arrays.copyOfRange(there, 5, there.length);
        Bits.assertSame(here, shifted, random.again() + kernels.description() + rectifies);
      }
    }
  }

  @Test
  void theFacadeRefusesWhatDoesNotFit() {
    NormalizationKernels kernels = Kernels.scalar().normalization();
    ChannelRuns runs = runs(2, 2);
    float[] values = new float[(int) runs.reach()];
    float[] few = new float[values.length - 1];
    kernels.normalize(runs, values, 0, 0, 1, 0, false, values);
    assertRefused(
        "normalize x needs [1, 129) of an array of 128",
        () -> kernels.normalize(runs, values, 1, 0, 1, 0, false, values));
    assertRefused(
        "normalize y needs [1, 129) of an array of 128",
        () -> kernels.normalize(runs, values, 0, 0, 1, 0, false, values, 1));
    assertRefused(
        "normalizeAndAdd addend needs [0, 128) of an array of 127",
        () -> kernels.normalizeAndAdd(runs, values, 0, 0, 1, 0, few, false, values));
    assertRefused(
        "gradient dx needs [0, 128) of an array of 127",
        () -> kernels.gradient(runs, values, values, 0, 0, 1, 0, 0, few));
    assertRefused(
        "ChannelRuns.count must be a multiple of 16, but was 20", () -> new ChannelRuns(20, 1, 20));
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(message, assertThrows(RuntimeException.class, call::run).getMessage());
  }
}

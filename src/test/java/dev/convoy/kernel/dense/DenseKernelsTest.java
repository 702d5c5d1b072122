package dev.convoy.kernel.dense;

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

/** Products of a matrix with a batch: the vector kernels against the scalar ones and float64. */
class DenseKernelsTest {
  private static final int WIDTH = Lanes.WIDTH;
  private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 9, 16, 31, 70};

  private final BothKernels both = new BothKernels();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 13})
  void allThreeProductsGiveTheSameBits(int blocks) {
    for (int inputs : SIZES) {
      for (int outputs : SIZES) {
        assertSameBits(new DenseGeometry(blocks, inputs, outputs));
      }
    }
  }

  @Test
  void matricesOfManyRowsGiveTheSameBits() {
    assertSameBits(new DenseGeometry(7, 207, 70));
    assertSameBits(new DenseGeometry(2, 64, 207));
  }

  @Test
  void sumsThatAreComputedInStretchesGiveTheSameBits() {
    assertSameBits(new DenseGeometry(5, 2049, 5));
    assertSameBits(new DenseGeometry(3, 5, 4100));
  }

  private void assertSameBits(DenseGeometry geometry) {
    RandomSource random = new RandomSource("dense" + geometry);
    String what = random.again() + geometry;
    float[] weights = values(random, 3 + (int) geometry.weightSize());
    float[] start = values(random, 5 + geometry.outputs());
    float[] x = values(random, 7 + (int) geometry.inputSize());
    float[] dy = values(random, 9 + (int) geometry.outputSize());
    both.assertSame(
        what + ": y",
        random.normal((int) geometry.outputSize() + 2 * GUARD),
        (kernels, to) -> kernels.dense().product(geometry, weights, 3, start, 5, x, 7, to, GUARD));
    both.assertSame(
        what + ": dx",
        random.normal((int) geometry.inputSize() + 2 * GUARD),
        (kernels, to) -> kernels.dense().inputGradient(geometry, weights, 3, dy, 9, to, GUARD));
    both.assertSame(
        what + ": dw",
        random.normal((int) geometry.weightSize() + 2 * GUARD),
        (kernels, to) -> kernels.dense().weightGradient(geometry, x, 7, dy, 9, to, GUARD));
  }

  @ParameterizedTest
  @EnumSource
  void sumsGoOnFromValueToValueInAscendingOrder(KernelsUnderTest under) {
    DenseKernels kernels = under.create().dense();
    for (DenseGeometry geometry :
        new DenseGeometry[] {new DenseGeometry(8, 33, 7), new DenseGeometry(1, 2050, 3)}) {
      RandomSource random = new RandomSource("dense, value by value" + geometry);
      int inputs = geometry.inputs();
      int outputs = geometry.outputs();
      float[] weights = random.normal(inputs * outputs);
      float[] start = random.normal(outputs);
      float[] x = random.normal((int) geometry.inputSize());
      float[] dy = random.normal((int) geometry.outputSize());
      float[] y = new float[dy.length];
      float[] dx = new float[x.length];
      float[] dw = new float[weights.length];
      kernels.product(geometry, weights, 0, start, 0, x, 0, y, 0);
      kernels.inputGradient(geometry, weights, 0, dy, 0, dx, 0);
      kernels.weightGradient(geometry, x, 0, dy, 0, dw, 0);
      int images = geometry.blocks() * WIDTH;
      for (int image = 0; image < images; image++) {
        for (int o = 0; o < outputs; o++) {
          float sum = start[o];
          for (int i = 0; i < inputs; i++) {
            sum = Math.fma(weights[o * inputs + i], x[at(image, i, inputs)], sum);
          }
          assertEquals(sum, y[at(image, o, outputs)], random.again() + geometry + " y");
        }
        for (int i = 0; i < inputs; i++) {
          float sum = 0;
          for (int o = 0; o < outputs; o++) {
            sum = Math.fma(weights[o * inputs + i], dy[at(image, o, outputs)], sum);
          }
          assertEquals(sum, dx[at(image, i, inputs)], random.again() + geometry + " dx");
        }
      }
      for (int o = 0; o < outputs; o++) {
        for (int i = 0; i < inputs; i++) {
          float sum = 0;
          for (int image = 0; image < images; image++) {
            sum = Math.fma(dy[at(image, o, outputs)], x[at(image, i, inputs)], sum);
          }
          assertEquals(sum, dw[o * inputs + i], random.again() + geometry + " dw");
        }
      }
    }
  }

  /** Where a value of an image lies in a batch. */
  private static int at(int image, int value, int size) {
    return (image / WIDTH * size + value) * WIDTH + image % WIDTH;
  }

  @Test
  void theFacadeRefusesRangesOutsideArrays() {
    DenseKernels kernels = Kernels.scalar().dense();
    DenseGeometry geometry = new DenseGeometry(2, 3, 5);
    float[] weights = new float[15];
    float[] start = new float[5];
    float[] x = new float[96];
    float[] y = new float[160];
    assertRefused(
        "dense weights needs [1, 16) of an array of 15",
        () -> kernels.product(geometry, weights, 1, start, 0, x, 0, y, 0));
    assertRefused(
        "dense start needs [1, 6) of an array of 5",
        () -> kernels.product(geometry, weights, 0, start, 1, x, 0, y, 0));
    assertRefused(
        "dense input needs [-1, 95) of an array of 96",
        () -> kernels.product(geometry, weights, 0, start, 0, x, -1, y, 0));
    assertRefused(
        "dense output needs [2, 162) of an array of 160",
        () -> kernels.product(geometry, weights, 0, start, 0, x, 0, y, 2));
    assertRefused(
        "dense output gradient needs [1, 161) of an array of 160",
        () -> kernels.inputGradient(geometry, weights, 0, y, 1, x, 0));
    assertRefused(
        "dense input gradient needs [1, 97) of an array of 96",
        () -> kernels.inputGradient(geometry, weights, 0, y, 0, x, 1));
    assertRefused(
        "dense weight gradient needs [1, 16) of an array of 15",
        () -> kernels.weightGradient(geometry, x, 0, y, 0, weights, 1));
  }

  private static void assertRefused(String message, Runnable call) {
    IndexOutOfBoundsException e = assertThrows(IndexOutOfBoundsException.class, call::run);
    assertTrue(e.getMessage().endsWith(message), e.getMessage());
  }
}

package dev.convoy.nn.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.convoy.nn.layer.StochasticDepth;
import dev.convoy.testing.Bits;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LayerRun;
import dev.convoy.testing.RandomSource;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Examples dropped whole, as torchvision does by rows. */
class StochasticDepthTest {
  private static final int IMAGES = 1003;
  private static final int SIZE = 3 * 2 * 5;

  private static LayerRun run(float rate, KernelsUnderTest kernels) {
    return LayerRun.of(new StochasticDepth(rate), new int[] {IMAGES, 3, 2, 5}, kernels);
  }

  private static float[] normal(String name) {
    return new RandomSource(name).normal(IMAGES * SIZE);
  }

  /** Returns 0 or 1/keep for each example, as the layer drew them. */
  private static float[] factors(LayerRun run, long key) {
    float[] ones = new float[IMAGES * SIZE];
    Arrays.fill(ones, 1);
    float[] y = run.forwardTraining(ones, key);
    float[] factors = new float[IMAGES];
    for (int image = 0; image < IMAGES; image++) {
      factors[image] = y[image * SIZE];
    }
    return factors;
  }

  /** Returns values of which each example is multiplied by a factor of its own. */
  private static float[] weighed(float[] values, float[] factors) {
    float[] weighed = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      weighed[i] = values[i] * factors[i / SIZE];
    }
    return weighed;
  }

  @ParameterizedTest
  @CsvSource({"0.1, SCALAR", "0.25, VECTOR", "0.5, SCALAR", "0.9, VECTOR"})
  void dropsExamplesAtItsRateAndScalesTheOthers(float rate, KernelsUnderTest kernels) {
    float[] factors = factors(run(rate, kernels), 12345);
    int dropped = 0;
    for (float factor : factors) {
      if (factor == 0) {
        dropped++;
      } else {
        assertEquals(1 / (1 - rate), factor);
      }
    }
    assertEquals(IMAGES * rate, dropped, 5 * Math.sqrt(IMAGES * rate * (1 - rate)));
  }

  @ParameterizedTest
  @EnumSource
  void allValuesOfAnExampleShareADraw(KernelsUnderTest kernels) {
    LayerRun run = run(0.25f, kernels);
    float[] factors = factors(run, 7);
    float[] x = normal("x");
    float[] gy = normal("gy");
    Bits.assertSame(weighed(x, factors), run.forwardTraining(x, 7), "y");
    Bits.assertSame(weighed(gy, factors), run.backward(gy), "dx");
  }

  @ParameterizedTest
  @EnumSource
  void theDrawIsAFunctionOfTheKeyAlone(KernelsUnderTest kernels) {
    float[] first = factors(run(0.5f, KernelsUnderTest.SCALAR), 1);
    LayerRun run = run(0.5f, kernels);
    float[] second = factors(run, 2);
    assertNotEquals(Arrays.hashCode(first), Arrays.hashCode(second));
    Bits.assertSame(first, factors(run, 1), "factors");
  }

  @ParameterizedTest
  @EnumSource
  void changesNothingInUseOrAtRateZero(KernelsUnderTest kernels) {
    float[] x = normal("x");
    Bits.assertSame(x, run(0.5f, kernels).forward(x), "y in use");
    LayerRun never = run(0, kernels);
    Bits.assertSame(x, never.forwardTraining(x, 3), "y at rate 0");
    Bits.assertSame(x, never.backward(x), "dx at rate 0");
  }
}

package dev.convoy.nn.replica.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.nn.layer.HardSwish;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LayerRun;
import dev.convoy.testing.RandomSource;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values and slopes of hard swish against its formula in float64. */
class HardSwishPassTest {
  /** Roundings of a value or slope: two products and a sum, and one more on the way to float. */
  private static final double ROUNDINGS = 4;

  private static double value(double x) {
    return x * Math.min(Math.max(x + 3, 0), 6) / 6;
  }

  private static double slope(double x) {
    if (x <= -3) {
      return 0;
    }
    return x < 3 ? (2 * x + 3) / 6 : 1;
  }

  /** More than a chunk, and off the lane boundaries. */
  @ParameterizedTest
  @EnumSource
  void valuesAndSlopesAreThoseOfTheFormula(KernelsUnderTest kernels) {
    RandomSource random = new RandomSource("hard swish");
    int count = 207;
    float[] x = random.spread(17 * count, 0.003f);
    float[] gy = random.normal(x.length);
    LayerRun run = LayerRun.of(new HardSwish(), new int[] {17, count}, kernels);
    float[] y = run.forward(x);
    float[] dx = run.backward(gy);
    for (int i = 0; i < x.length; i++) {
      String what = random.again() + "at " + x[i];
      assertEquals(value(x[i]), y[i], error(value(x[i])), what);
      double gradient = gy[i] * slope(x[i]);
      assertEquals(gradient, dx[i], error(gradient), what + ": gradient");
    }
  }

  private static double error(double value) {
    return ROUNDINGS * 0x1p-24 * Math.abs(value);
  }

  /** At a corner the slope is that of the straight line beyond it: PyTorch's, too. */
  @ParameterizedTest
  @EnumSource
  void atItsCornersTheSlopeIsThatBeyondThem(KernelsUnderTest kernels) {
    float[] x = {
      -3, Math.nextDown(-3f), Math.nextUp(-3f), 3, Math.nextUp(3f), Math.nextDown(3f), -1.5f, 0
    };
    float[] gy = new float[x.length];
    Arrays.fill(gy, 2);
    LayerRun run = LayerRun.of(new HardSwish(), new int[] {1, x.length}, kernels);
    float[] y = run.forward(x);
    float[] dx = run.backward(gy);
    assertEquals(0, Math.abs(y[0]));
    assertEquals(0, Math.abs(y[1]));
    assertEquals(3, y[3]);
    assertEquals(x[4], y[4]);
    assertEquals(0, Math.abs(dx[0]));
    assertEquals(0, Math.abs(dx[1]));
    assertEquals(-1, dx[2], 1e-6);
    assertEquals(2, dx[3]);
    assertEquals(2, dx[4]);
    assertEquals(3, dx[5], 1e-6);
    assertEquals(0, dx[6]);
    assertEquals(1, dx[7]);
  }
}

package dev.convoy.nn.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.nn.layer.GlobalAvgPool2d;
import dev.convoy.testing.Bits;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LayerRun;
import dev.convoy.testing.RandomSource;
import org.junit.jupiter.api.Test;

/** Sums over many pixels. */
class LargeMapTest {
  private static final int SIDE = 1021;

  /** One rounding of the sum of some hundred stretches, and those within a stretch. */
  private static final double RELATIVE = 1e-6;

  @Test
  void theMeanOfAMillionPixelsIsExactToAFewRoundings() {
    RandomSource random = new RandomSource("large map");
    float[] x = random.normal(SIDE * SIDE);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      x[i] = 0.7f + 0.1f * x[i];
      sum += x[i];
    }
    float[][] means = new float[KernelsUnderTest.values().length][];
    for (KernelsUnderTest kernels : KernelsUnderTest.values()) {
      LayerRun run = LayerRun.of(new GlobalAvgPool2d(), new int[] {1, 1, SIDE, SIDE}, kernels);
      float[] mean = run.forward(x);
      means[kernels.ordinal()] = mean;
      assertEquals(sum / x.length, mean[0], RELATIVE, random.again() + kernels);
      Bits.assertSame(means[0], mean, random.again() + kernels);
    }
  }
}

package dev.convoy.optim;

import dev.convoy.testing.Bits;
import org.junit.jupiter.api.Test;

class NesterovTest {
  /**
   * By hand, at rate 0.5 and momentum 0.5. First round: d = 2 - 1 = 1, v = 1, p = 2 - 0.5 · (1 +
   * 0.5) = 1.25. Second round: d = 1.25 - 0.75 = 0.5, v = 0.5 + 0.5 = 1, p = 1.25 - 0.5 · (0.5 +
   * 0.5) = 0.75.
   */
  @Test
  void twoRoundsComeToWhatAPersonComputes() {
    Nesterov outer = new Nesterov(0.5f, 0.5f);
    float[] momentum = {0};
    float[] first = {1};
    outer.step(new float[] {2}, first, momentum);
    Bits.assertSame(new float[] {1.25f}, first, "first round");
    Bits.assertSame(new float[] {1}, momentum, "first round's momentum");
    float[] second = {0.75f};
    outer.step(first, second, momentum);
    Bits.assertSame(new float[] {0.75f}, second, "second round");
    Bits.assertSame(new float[] {1}, momentum, "second round's momentum");
  }

  /** Of numbers that are no sums of few powers of 2, so that any rounding would show. */
  @Test
  void atRateOneWithoutMomentumTheMeanStaysToTheBit() {
    float[] before = {0.1f, -3e8f, 1e-30f, 7, 0};
    float[] mean = {0.3f, 1e-7f, -0.7f, 7, 3e38f};
    float[] expected = mean.clone();
    new Nesterov(1f, 0f).step(before, mean, new float[] {1, 2, 3, 4, 5});
    Bits.assertSame(expected, mean, "mean");
  }
}

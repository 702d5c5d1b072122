package dev.convoy.kernel.lane;

import static dev.convoy.testing.BothKernels.values;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.testing.RandomSource;
import org.junit.jupiter.api.Test;

/** The order in which lanes are joined. */
class LanesTest {
  private static final int WIDTH = Lanes.WIDTH;

  @Test
  void lanesAreJoinedByHalving() {
    RandomSource random = new RandomSource("halving");
    for (int draw = 0; draw < 200; draw++) {
      float[] values = random.normal(WIDTH);
      float actual = Lanes.sum(values, 0);
      for (int apart = WIDTH / 2; apart > 0; apart /= 2) {
        for (int lane = 0; lane < apart; lane++) {
          values[lane] += values[lane + apart];
        }
      }
      assertEquals(values[0], actual, random.again() + "draw " + draw);
    }
  }
}

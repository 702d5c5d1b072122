package dev.convoy.train.round;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.nn.Network;
import dev.convoy.nn.Slices;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsAveragingTest {
  private static final Network NETWORK =
      Network.of(Shape.of(2), new BatchNorm2d(), new BatchNorm2d());

  private static Contribution of(int worker, int examples, float... buffers) {
    return new Contribution(
        worker,
        new float[8],
        buffers,
        new float[0],
        examples,
        examples,
        examples,
        1,
        1,
        1,
        null,
        "",
        0);
  }

  /** 1, 3 | 10: mean 14/3; of x², (1 + 9 + 100) / 3. */
  @Test
  void areThoseOfAllExamplesTogether() {
    List<Contribution> contributions =
        List.of(
            of(0, 2, 2, 0, 1, 7, 5, 5, 3, 3),
            Contribution.none(1),
            of(2, 1, 10, 0, 0, 7, 5, 5, 3, 3));
    float[] joined = new float[8];
    StatisticsAveraging.apply(NETWORK, Slices.all(NETWORK.bufferCount()), contributions, joined);
    double mean = 14.0 / 3;
    assertEquals(mean, joined[0], 1e-6);
    assertEquals(110.0 / 3 - mean * mean, joined[2], 1e-5);
    assertEquals(0, joined[1]);
    assertEquals(7, joined[3]);
    assertEquals(5, joined[4]);
    assertEquals(3, joined[7]);
  }

  /** The plain difference of means of x² and x would leave nothing of such a variance. */
  @Test
  void losesNoDigitsFarFromZero() {
    float[] joined = new float[8];
    List<Contribution> contributions =
        List.of(
            of(0, 1, 100_000, 0, 0.25f, 0, 0, 0, 0, 0), of(1, 1, 100_001, 0, 0.25f, 0, 0, 0, 0, 0));
    StatisticsAveraging.apply(NETWORK, Slices.all(NETWORK.bufferCount()), contributions, joined);
    assertEquals(100_000.5, joined[0], 0.01);
    assertEquals(0.5, joined[2], 1e-6);
  }
}

package dev.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WeightsSampleTest {
  @Test
  void theChangeIsRelativeToTheParametersBefore() {
    WeightsSample sample = new WeightsSample(new float[] {3, 0, -4});
    assertEquals(0, sample.change(new float[] {3, 0, -4}));
    assertEquals(0.2, sample.change(new float[] {3, 1, -4}), 1e-12);
    assertEquals(1, sample.change(new float[3]), 1e-12);
  }

  @Test
  void parametersThatMoveFromZeroMoveInfinitelyFar() {
    assertEquals(
        Double.POSITIVE_INFINITY, new WeightsSample(new float[2]).change(new float[] {0, 1}));
    assertEquals(0, new WeightsSample(new float[2]).change(new float[2]));
  }

  @Test
  void ofManyParametersEveryOneWeighsAlike() {
    float[] parameters = new float[1_000_003];
    Arrays.fill(parameters, 2);
    WeightsSample sample = new WeightsSample(parameters);
    Arrays.fill(parameters, 2.5f);
    assertEquals(0.25, sample.change(parameters), 1e-12);
  }
}

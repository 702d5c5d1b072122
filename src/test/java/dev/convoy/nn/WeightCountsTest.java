package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Size;
import dev.convoy.tensor.Shape;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WeightCountsTest {
  @Test
  void ofTheArticlesLargeExample() {
    assertEquals(
        Optional.of(new WeightCounts(16_959_488, 194_688, 320)),
        counts(Shape.of(1, 28, 28), Conv2d.of(32, 3)));
  }

  @Test
  void ofTheArticlesSmallExample() {
    Conv2d withoutBias = new Conv2d(1, Size.of(2), null, null, null, null, false, null);
    assertEquals(Optional.of(new WeightCounts(36, 16, 4)), counts(Shape.of(1, 3, 3), withoutBias));
  }

  @Test
  void ofADenseLayerAgreeButForItsBiases() {
    assertEquals(Optional.of(new WeightCounts(70, 70, 80)), counts(Shape.of(7), Dense.of(10)));
  }

  @Test
  void ofGroupsCountTheChannelsThatAFilterSees() {
    Conv2d depthwise = new Conv2d(6, Size.of(3), null, null, null, 6, null, null);
    assertEquals(
        Optional.of(new WeightCounts(6 * 25 * 6 * 9, 6 * 9 * 9, 60)),
        counts(Shape.of(6, 5, 5), depthwise));
  }

  @Test
  void thereAreNoneWithoutWeights() {
    assertEquals(Optional.empty(), counts(Shape.of(7), new Relu()));
    assertEquals(Optional.empty(), counts(Shape.of(7), new BatchNorm2d()));
  }

  private static Optional<WeightCounts> counts(Shape input, Layer layer) {
    return WeightCounts.of(Network.of(input, layer).nodes().get(0));
  }
}

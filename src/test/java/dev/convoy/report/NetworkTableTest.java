package dev.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.nn.NamedLayer;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Add;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.Relu;
import dev.convoy.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkTableTest {
  @Test
  void theArticlesLayerIsCountedAsItCountsIt() {
    Network network =
        Network.of(Shape.of(1, 28, 28), Conv2d.of(32, 3), new Relu(), new Flatten(), Dense.of(10));
    assertEquals(
        """
        layer      kind     output        parameters  multiply-adds  if locally connected    if dense
        input               [1, 28, 28]
        conv2d_1   conv2d   [32, 26, 26]         320        194,688               194,688  16,959,488
        relu_2     relu     [32, 26, 26]
        flatten_3  flatten  [21632]
        dense_4    dense    [10]             216,330        216,320               216,320     216,320
        total                                216,650        411,008
        """,
        String.join("\n", NetworkTable.of(network).lines()) + "\n");
  }

  @Test
  void inputsAreNamedWhereTheyAreNotTheLayerBefore() {
    Network network =
        Network.of(
            Shape.of(5),
            List.of(
                NamedLayer.of("a", new Relu()),
                NamedLayer.of("b", new Relu()),
                NamedLayer.of("sum", new Add(), "b", "a", "input")));
    assertEquals(
        """
        layer  kind  output  parameters  multiply-adds  if locally connected  if dense  inputs
        input        [5]
        a      relu  [5]
        b      relu  [5]
        sum    add   [5]                                                                b, a, input
        total                         0              0
        """,
        String.join("\n", NetworkTable.of(network).lines()) + "\n");
  }
}

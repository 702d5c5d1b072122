package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.nn.layer.Add;
import dev.convoy.nn.layer.Concat;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.Relu;
import dev.convoy.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private static final Shape FEATURES = Shape.of(4);

  private static void assertRefused(String message, NamedLayer... layers) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Network.of(FEATURES, List.of(layers)));
    assertEquals(message, e.getMessage());
  }

  private static NamedLayer relu(String name, String... inputs) {
    return NamedLayer.of(name, new Relu(), inputs);
  }

  @Test
  void aLayerTakesTheOneBeforeUnlessItNamesItsInputs() {
    Network network =
        Network.of(
            FEATURES,
            List.of(
                NamedLayer.of("a", Dense.of(4)),
                relu("b"),
                NamedLayer.of("c", new Add(), "b", Network.INPUT, "a")));
    assertEquals(List.of(0), network.nodes().get(0).sources());
    assertEquals(List.of(1), network.nodes().get(1).sources());
    assertEquals(List.of(2, 0, 1), network.nodes().get(2).sources());
    assertEquals(FEATURES, network.output());
  }

  @Test
  void aCycleOrAMissingInputIsRefused() {
    assertRefused(
        "relu 'a' takes the input 'b', but no earlier layer is named so (a network has no cycles:"
            + " inputs come first)",
        relu("a", "b"),
        relu("b", "a"));
    assertRefused(
        "relu 'a' needs at least one input, but 'inputs' is empty",
        new NamedLayer("a", List.of(), new Relu()));
  }

  @Test
  void whatNobodyUsesIsRefused() {
    assertRefused(
        "Every layer but the last must be the input of another, but 'a' is not",
        relu("a"),
        relu("b", "input"));
  }

  @Test
  void inputsThatDoNotGoTogetherAreRefused() {
    assertRefused(
        "add 'c' needs inputs of one shape, but got [4] and [5]",
        NamedLayer.of("a", Dense.of(5)),
        NamedLayer.of("c", new Add(), "input", "a"));
    assertRefused(
        "add 'c' needs two inputs or more, named by 'inputs', but got one",
        NamedLayer.of("c", new Add()));
    assertRefused("relu 'c' takes one input, but 'inputs' names 2", relu("c", "input", "input"));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Network.of(
                    Shape.of(2, 3, 4),
                    List.of(
                        NamedLayer.of("f", new Flatten()),
                        NamedLayer.of("c", new Concat(), "input", "f"))));
    assertEquals(
        "concat 'c' needs inputs of one height and width, but got [2, 3, 4] and [24]",
        e.getMessage());
  }

  @Test
  void theInputsNameIsNotALayers() {
    assertRefused("No layer may be named 'input': that is the network's own input", relu("input"));
  }
}

package dev.convoy.config.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Names;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.TreeReader;
import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Layer;
import dev.convoy.tensor.MessageLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks of layers in a job. */
class LayerListTest {
  private static Network read(String layers) {
    String text = "input: [4, 4, 4]\nlayers:\n" + layers.indent(2);
    try {
      Tree tree =
          TreeReader.read(
              new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "conf/n.yaml");
      return Binder.bind(tree, Network.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As in {@code add_3(relu_2, input)}. */
  private static List<String> shown(Network network) {
    return network.nodes().stream()
        .map(
            node ->
                node.name()
                    + node.sources().stream()
                        .map(s -> name(network, s))
                        .toList()
                        .toString()
                        .replace('[', '(')
                        .replace(']', ')'))
        .toList();
  }

  private static String name(Network network, int source) {
    List<Node> nodes = network.nodes();
    return source == 0 ? "input" : nodes.get(source - 1).name();
  }

  @Test
  void branchesTakeWhatComesBeforeAndAreJoined() {
    Network network =
        read(
            """
            - relu
            - parallel:
                name: res
                join: add
                branches:
                  - [tanh: {name: curve}, sigmoid]
                  - []
            - relu
            """);
    assertEquals(
        List.of(
            "relu_1(input)",
            "res.curve(relu_1)",
            "sigmoid_3(res.curve)",
            "res(sigmoid_3, relu_1)",
            "relu_5(res)"),
        shown(network));
  }

  @Test
  void branchesMayComeFirstAndBeConcatenated() {
    Network network =
        read(
            """
            - parallel: {join: concat, branches: [[relu], [tanh], []]}
            - flatten
            """);
    assertEquals(
        List.of(
            "relu_1(input)",
            "tanh_2(input)",
            "concat_3(relu_1, tanh_2, input)",
            "flatten_4(concat_3)"),
        shown(network));
    assertEquals(4 * 4 * 12, network.output().size());
  }

  @Test
  void repeatedLayersFollowOneAnother() {
    Network network =
        read(
            """
            - repeat: {times: 2, layers: [relu: {name: a}, add: {inputs: [a, input]}]}
            - repeat: {name: more, times: 2, layers: [tanh: {name: a}, relu]}
            """);
    assertEquals(
        List.of(
            "a_1(input)",
            "add_2(a_1, input)",
            "a_2(add_2)",
            "add_4(a_2, input)",
            "more.1.a(add_4)",
            "relu_6(more.1.a)",
            "more.2.a(relu_6)",
            "relu_8(more.2.a)"),
        shown(network));
  }

  @Test
  void blocksStandWithinBlocks() {
    Network network =
        read(
            """
            - repeat:
                name: stage
                times: 2
                layers:
                  - parallel:
                      name: block
                      join: add
                      branches: [[relu: {name: one}, relu: {name: two}], []]
            """);
    assertEquals(
        List.of(
            "stage.1.block.one(input)",
            "stage.1.block.two(stage.1.block.one)",
            "stage.1.block(stage.1.block.two, input)",
            "stage.2.block.one(stage.1.block)",
            "stage.2.block.two(stage.2.block.one)",
            "stage.2.block(stage.2.block.two, stage.1.block)"),
        shown(network));
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Network network =
        read("- parallel: {name: p, join: add, branches: [[relu], [tanh, sigmoid]]}\n- flatten\n");
    Network again = Binder.bind(TreeWriter.write(network), Network.class);
    assertEquals(shown(network), shown(again));
    assertEquals(network.output(), again.output());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          "- repeat: {times: 1000, layers: [repeat: {times: 1000, layers: []}]}" | "conf/n.yaml:3: layers[0].repeat.layers[0].repeat.layers needs a layer or more to repeat, but has none"
          "- repeat: {times: 0, layers: [relu]}" | "conf/n.yaml:3: layers[0].repeat.times must be at least 1, but was 0"
          "- repeat: {times: 1001, layers: [relu]}" | "conf/n.yaml:3: layers[0].repeat.times must be at most 1000, but was 1001"
          "- repeat: {tims: 2, layers: [relu]}" | "conf/n.yaml:3: layers[0].repeat.tims is unknown; did you mean times? (allowed: name, times, layers)"
          "- repeat: {times: 200, layers: [repeat: {times: 200, layers: [relu]}]}" | "conf/n.yaml:3: layers[0].repeat.layers[0].repeat.layers[0] is beyond the 10000 layers that a network may have"
          "- repeat: {times: 2, layers: [rely]}" | "conf/n.yaml:3: layers[0].repeat.layers[0] needs one of COUNT names, but was 'rely'; did you mean relu? (allowed: KINDS)"
          "- parallel: {join: add, branches: [[relu]]}" | "conf/n.yaml:3: layers[0].parallel.branches needs two branches or more, but has 1"
          "- parallel: {join: sub, branches: [[relu], []]}" | "conf/n.yaml:3: layers[0].parallel.join needs one of add, concat, multiply, but was 'sub'"
          "- parallel: {join: add, branches: [[relu], [flatten]]}" | "conf/n.yaml:3: layers[0].parallel: add 'add_3' needs inputs of one shape, but got [4, 4, 4] and [64]"
          "- relu: {inputs: [x]}" | "conf/n.yaml:3: layers[0]: relu 'relu_1' takes the input 'x', but no earlier layer is named so (a network has no cycles: inputs come first)"
          "- relu\n- relu: {inputs: input}" | "conf/n.yaml:3: layers[0]: Every layer but the last must be the input of another, but 'relu_1' is not"
          """)
  void wrongBlocksAreRefusedAtTheirPlace(String layers, String message) {
    ConfigException e =
        assertThrows(ConfigException.class, () -> read(layers.replace("\\n", "\n")));
    Set<String> kinds = Names.kinds(Layer.class).keySet();
    String count = Integer.toString(kinds.size());
    String all = message.replace("KINDS", String.join(", ", kinds)).replace("COUNT", count);
    assertEquals(MessageLine.of(all), e.getMessage());
  }
}

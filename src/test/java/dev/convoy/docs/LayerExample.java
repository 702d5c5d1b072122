package dev.convoy.docs;

import dev.convoy.config.tree.ConfigException;
import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A layer in the first of some small networks that takes it.
 *
 * @param keys with which it is written there
 * @param node what became of it
 */
record LayerExample(Map<String, String> keys, Node node) {
  /** Shapes of inputs: an image, one with channels to group, features, those of a picture. */
  private static final List<String> INPUTS = List.of("[3, 32, 32]", "[8, 32, 32]", "[64]", "[784]");

  /** For layers that join others. */
  private static final String BEFORE = "{relu: {name: left}}, {tanh: {name: right}}, ";

  private static final Map<String, String> JOINED = Map.of("inputs", "[left, right]");

  /** The layer with these keys; {@code null} if none of the networks takes it. */
  static LayerExample of(Form form, Map<String, String> keys) {
    for (String input : INPUTS) {
      LayerExample alone = in(input, "", form, keys);
      if (alone != null) {
        return alone;
      }
    }
    Map<String, String> joining = new LinkedHashMap<>(JOINED);
    joining.putAll(keys);
    return in(INPUTS.get(0), BEFORE, form, joining);
  }

  private static LayerExample in(String input, String before, Form form, Map<String, String> keys) {
    String layers = "[" + before + form.line(keys) + "]";
    try {
      Network network = Form.read("{input: " + input + ", layers: " + layers + "}", Network.class);
      return new LayerExample(keys, network.nodes().get(network.nodes().size() - 1));
    } catch (ConfigException e) {
      return null;
    }
  }

  /** What it does to shapes, and the tensors that it learns. */
  String shapes() {
    String parameters =
        node.parameters().stream()
            .map(p -> "`" + p.name().substring(node.name().length() + 1) + " " + p.shape() + "`")
            .collect(Collectors.joining(", "));
    String made = "This line maps `" + node.input() + "` to `" + node.output() + "`";
    return made + (parameters.isEmpty() ? "." : " and learns " + parameters + ".");
  }
}

package dev.convoy.model.onnx.in;

import dev.convoy.model.ModelException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.ValueInfoProto;
import org.jspecify.annotations.Nullable;

/** The nodes of a file that its output depends on, and which takes what of which. */
final class Graph {
  private static final int MOST_NODES = 100_000;

  final String file;
  final GraphProto message;
  final List<Operator> nodes = new ArrayList<>();
  final Map<String, List<Operator>> takers = new HashMap<>();
  final Map<String, Operator> givers = new HashMap<>();

  Graph(ModelProto model, String file) {
    this.file = file;
    this.message = model.getGraph();
    if (message.getNodeCount() > MOST_NODES) {
      throw wrong("must have at most " + MOST_NODES + " nodes, but has " + message.getNodeCount());
    }
    for (NodeProto node : message.getNodeList()) {
      Operator operator = new Operator(node, version(model, node.getDomain()), file);
      nodes.add(operator);
      for (String output : operator.outputs()) {
        if (!output.isEmpty() && givers.putIfAbsent(output, operator) != null) {
          throw wrong("must give each value once, but gives '" + output + "' twice");
        }
      }
    }
  }

  private static int version(ModelProto model, String domain) {
    String own = domain.equals("ai.onnx") ? "" : domain;
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      String of = set.getDomain().equals("ai.onnx") ? "" : set.getDomain();
      if (of.equals(own)) {
        return (int) Math.min(set.getVersion(), Integer.MAX_VALUE);
      }
    }
    return 1;
  }

  /** The only input that is no constant. */
  ValueInfoProto input() {
    Set<String> constants = new HashSet<>();
    message.getInitializerList().forEach(tensor -> constants.add(tensor.getName()));
    List<ValueInfoProto> inputs =
        message.getInputList().stream().filter(i -> !constants.contains(i.getName())).toList();
    if (inputs.size() != 1) {
      throw wrong("must take one input, but takes " + inputs.size());
    }
    return inputs.get(0);
  }

  /** The output, which must be one, unless it is named. */
  String output(@Nullable String named) {
    if (named != null) {
      if (!givers.containsKey(named)) {
        throw wrong("has no value '" + named + "'");
      }
      return named;
    } else if (message.getOutputCount() != 1) {
      throw wrong(
          "must give one output, but gives "
              + message.getOutputCount()
              + ": "
              + String.join(", ", message.getOutputList().stream().map(o -> o.getName()).toList())
              + "; --value names the one to take");
    }
    return message.getOutput(0).getName();
  }

  /** Leaves the nodes that a value depends on, up to another. */
  void keep(String output, String input) {
    Set<Operator> kept = new HashSet<>();
    List<String> open = new ArrayList<>(List.of(output));
    while (!open.isEmpty()) {
      String value = open.remove(open.size() - 1);
      Operator giver = value.equals(input) ? null : givers.get(value);
      if (giver != null && kept.add(giver)) {
        open.addAll(giver.inputs());
      }
    }
    nodes.removeIf(node -> !kept.contains(node));
    for (Operator node : nodes) {
      for (String name : new HashSet<>(node.inputs())) {
        takers.computeIfAbsent(name, unused -> new ArrayList<>()).add(node);
      }
    }
  }

  ModelException wrong(String rule) {
    return new ModelException(file + ": the graph " + rule);
  }
}

package dev.convoy.model.onnx.in;

import dev.convoy.model.ModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.NodeProto;
import org.jspecify.annotations.Nullable;

/** A node of a graph, with its attributes by name. */
final class Operator {
  private final NodeProto node;
  private final String file;
  private final int version;
  private final Map<String, AttributeProto> attributes = new HashMap<>();

  /**
   * Makes one of a node.
   *
   * @param version of the set of operators that the file names
   * @param file for errors
   */
  Operator(NodeProto node, int version, String file) {
    this.node = node;
    this.version = version;
    this.file = file;
    for (AttributeProto attribute : node.getAttributeList()) {
      attributes.put(attribute.getName(), attribute);
    }
  }

  String type() {
    return node.getOpType();
  }

  String domain() {
    return node.getDomain();
  }

  int version() {
    return version;
  }

  /** Its own name, or its output's where it has none. */
  String name() {
    return node.getName().isEmpty() ? output() : node.getName();
  }

  List<String> inputs() {
    return node.getInputList();
  }

  /** Returns the name of an input; empty if it has none there. */
  String input(int index) {
    return index < node.getInputCount() ? node.getInput(index) : "";
  }

  List<String> outputs() {
    return node.getOutputList();
  }

  String output() {
    return node.getOutputCount() == 0 ? "" : node.getOutput(0);
  }

  @Nullable AttributeProto attribute(String name) {
    return attributes.get(name);
  }

  int whole(String name, int absent) {
    AttributeProto attribute = attributes.get(name);
    return attribute == null ? absent : asInt(attribute.getI(), name);
  }

  float real(String name, float absent) {
    AttributeProto attribute = attributes.get(name);
    return attribute == null ? absent : attribute.getF();
  }

  String text(String name, String absent) {
    AttributeProto attribute = attributes.get(name);
    return attribute == null ? absent : attribute.getS().toStringUtf8();
  }

  /** Returns a list of whole numbers; null if it is absent. */
  int @Nullable [] list(String name) {
    AttributeProto attribute = attributes.get(name);
    if (attribute == null) {
      return null;
    }
    List<Integer> values = new ArrayList<>();
    attribute.getIntsList().forEach(value -> values.add(asInt(value, name)));
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Returns a list of so many whole numbers, each {@code absent} if there is none. */
  int[] list(String name, int count, int absent) {
    int[] found = list(name);
    if (found == null) {
      int[] values = new int[count];
      Arrays.fill(values, absent);
      return values;
    } else if (found.length != count) {
      throw wrong("must have " + count + " values in " + name + ", but has " + found.length);
    }
    return found;
  }

  private int asInt(long value, String name) {
    if (value != (int) value) {
      throw wrong("must have " + name + " below 2^31, but it is " + value);
    }
    return (int) value;
  }

  /** Refuses what it asks for. */
  ModelException wrong(String rule) {
    String of = domain().isEmpty() ? "" : domain() + ".";
    return new ModelException(
        file + ": node '" + name() + "' (" + of + type() + " of version " + version + ") " + rule);
  }
}

package dev.convoy.model.onnx.out;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataType;

/** A graph of ONNX as it grows: constants, and nodes one after the other. */
final class GraphWriter {
  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final Set<String> names = new HashSet<>();

  /** Returns the graph, to add inputs and outputs to. */
  GraphProto.Builder graph() {
    return graph;
  }

  /** Returns a name that no value has yet: this one, or the first of its kind that is free. */
  String fresh(String name) {
    String free = name;
    for (int i = 2; !names.add(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }

  /** Adds a constant of floats, and returns its name. */
  String floats(String name, int[] dimensions, float[] values, int offset, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values, offset, count);
    return constant(name, DataType.FLOAT, dimensions, bytes);
  }

  /** Adds a constant of floats, and returns its name. */
  String floats(String name, int[] dimensions, float... values) {
    return floats(name, dimensions, values, 0, values.length);
  }

  /** Adds a number, which broadcasts to any shape, and returns its name. */
  String scalar(String name, float value) {
    return floats(name, new int[0], value);
  }

  /** Adds a list of whole numbers, and returns its name. */
  String longs(String name, long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(values);
    return constant(name, DataType.INT64, new int[] {values.length}, bytes);
  }

  private String constant(String name, DataType type, int[] dimensions, ByteBuffer bytes) {
    String fresh = fresh(name);
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(fresh);
    tensor.setDataType(type.getNumber()).setRawData(ByteString.copyFrom(bytes));
    for (int dimension : dimensions) {
      tensor.addDims(dimension);
    }
    graph.addInitializer(tensor);
    return fresh;
  }

  /** Adds a node of one output of this name, and returns the output's name. */
  String node(String operator, String output, List<String> inputs, AttributeProto... attributes) {
    NodeProto.Builder node = NodeProto.newBuilder().setName(output).setOpType(operator);
    node.addAllInput(inputs).addOutput(output).addAllAttribute(List.of(attributes));
    graph.addNode(node);
    return output;
  }

  static AttributeProto attribute(String name, long value) {
    return named(name, AttributeType.INT).setI(value).build();
  }

  static AttributeProto attribute(String name, float value) {
    return named(name, AttributeType.FLOAT).setF(value).build();
  }

  static AttributeProto attribute(String name, String value) {
    return named(name, AttributeType.STRING).setS(ByteString.copyFromUtf8(value)).build();
  }

  static AttributeProto attribute(String name, int... values) {
    AttributeProto.Builder list = named(name, AttributeType.INTS);
    for (int value : values) {
      list.addInts(value);
    }
    return list.build();
  }

  private static AttributeProto.Builder named(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }
}

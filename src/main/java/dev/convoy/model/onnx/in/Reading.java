package dev.convoy.model.onnx.in;

import dev.convoy.model.onnx.Constant;
import dev.convoy.model.onnx.OnnxTensors;
import dev.convoy.nn.layer.Layer;
import dev.convoy.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.TensorProto;
import org.jspecify.annotations.Nullable;

/** What readers of operators share: the values so far, and the network that grows. */
final class Reading {
  /** Values that are made of what a file claims, and not of what it holds. */
  private static final long MOST_MADE = 1 << 26;

  private final Sketch sketch;
  private final Map<String, List<Operator>> takers;
  private final Map<String, Object> values = new HashMap<>();
  private final Set<Operator> done = new HashSet<>();
  private final Materials materials;
  private final int batch;
  private final OnnxTensors tensors;
  private final String result;
  private long made;

  /**
   * Begins.
   *
   * @param takers nodes that take each value
   * @param batch examples in a batch, as shapes in the graph have it
   * @param tensors that reads what nodes hold
   * @param result value that the network is to give
   */
  Reading(
      Sketch sketch,
      Map<String, List<Operator>> takers,
      int batch,
      OnnxTensors tensors,
      String result) {
    this.result = result;
    this.tensors = tensors;
    this.sketch = sketch;
    this.takers = takers;
    this.batch = batch;
    this.materials = new Materials(sketch);
  }

  int batch() {
    return batch;
  }

  Sketch sketch() {
    return sketch;
  }

  Materials materials() {
    return materials;
  }

  /** Sets a value: a {@link Constant}, {@link Tensor}, {@link Expression} or {@link Affine}. */
  void put(String name, Object value) {
    values.put(name, value);
  }

  /** Returns the value of an input. */
  Object value(Operator node, int input) {
    Object value = values.get(node.input(input));
    if (value == null) {
      throw node.wrong(
          node.input(input).isEmpty()
              ? "must have an input " + (input + 1) + ", but has none"
              : "takes '" + node.input(input) + "', which no node before it gives");
    }
    return value;
  }

  boolean isConstant(Operator node, int input) {
    return values.get(node.input(input)) instanceof Constant;
  }

  boolean has(Operator node, int input) {
    return !node.input(input).isEmpty();
  }

  /** Returns an input that must be known. */
  Constant constant(Operator node, int input) {
    if (value(node, input) instanceof Constant constant) {
      return constant;
    }
    throw node.wrong("must have a constant as input " + (input + 1) + ", but it is computed");
  }

  /** Returns an input that must be one known number. */
  double number(Operator node, int input) {
    Constant constant = constant(node, input);
    if (constant.size() != 1) {
      throw node.wrong("must have one number as input " + (input + 1));
    }
    return constant.floats()[0];
  }

  /** Returns an input that must be known whole numbers. */
  int[] list(Operator node, int input) {
    long[] values = constant(node, input).longs();
    int[] list = new int[values.length];
    for (int i = 0; i < list.length; i++) {
      // "To the end" is said by the largest number that there is.
      list[i] = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, values[i]));
    }
    return list;
  }

  /** Returns the value that a node holds. */
  Constant constant(Operator node) {
    AttributeProto value = node.attribute("value");
    if (value != null) {
      return tensor(node, value.getT());
    } else if (node.attribute("value_float") != null) {
      return Constant.of(new int[0], new float[] {node.real("value_float", 0)});
    } else if (node.attribute("value_int") != null) {
      return Constant.of(node.whole("value_int", 0)).reshaped();
    }
    int[] list = node.list("value_ints");
    if (list == null) {
      throw node.wrong("must hold numbers");
    }
    return Constant.of(Arrays.stream(list).asLongStream().toArray());
  }

  /** Reads a tensor that a node holds. */
  Constant tensor(Operator node, TensorProto tensor) {
    try {
      return tensors.read(tensor);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Returns what was computed of a name. */
  Object output(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalStateException(name + " was not computed");
    }
    return value;
  }

  /** Returns an input as a layer gives it. */
  Tensor tensor(Operator node, int input) {
    Object value = value(node, input);
    if (value instanceof Constant) {
      throw node.wrong("must take what is computed as input " + (input + 1) + ", not a constant");
    }
    return materials.tensor(value);
  }

  /** Returns an input as a function of a layer's values. */
  Expression expression(Operator node, int input) {
    Object value = value(node, input);
    if (value instanceof Expression expression) {
      return expression;
    }
    Expression fresh = Expression.of(tensor(node, input));
    values.put(node.input(input), fresh);
    return fresh;
  }

  /** Returns an input as {@code [C, H, W]}, as it lies in a layer. */
  Source image(Operator node, int input) {
    return materials.image(node, tensor(node, input));
  }

  /** Returns an input as {@code [F]}, as it lies in a layer. */
  Source vector(Operator node, int input) {
    return materials.vector(node, tensor(node, input));
  }

  /** The only node that takes a value; null if there are others, or none. */
  @Nullable Operator onlyTaker(String name) {
    List<Operator> all = takers.getOrDefault(name, List.of());
    return all.size() == 1 ? all.get(0) : null;
  }

  /** Whether a node takes a value, or it is what the network is to give. */
  boolean isTaken(String name) {
    return takers.containsKey(name) || name.equals(result);
  }

  /** A node that another has done. */
  void skip(Operator node) {
    done.add(node);
  }

  boolean isDone(Operator node) {
    return done.contains(node);
  }

  /** Adds a layer with the node's name. */
  Tensor add(Operator node, Layer layer, Source input, float[]... tensors) {
    return sketch.add(node, name(node, ""), layer, input, tensors);
  }

  /** The name of the layer whose weight this is: what stands before {@code .weight}. */
  static String name(Operator node, String weight) {
    int end = weight.endsWith(".weight") ? weight.length() - ".weight".length() : 0;
    String own = node.name();
    // A path of modules often ends with the operator itself.
    String last = "/" + node.type();
    int stem = own.endsWith(last) ? own.length() - last.length() : own.length();
    return end > 0 ? weight.substring(0, end) : stem > 0 ? own.substring(0, stem) : own;
  }

  /** Refuses to make more values than any sound file asks for. */
  void claim(Operator node, long count) {
    made += Math.max(0, count);
    if (made > MOST_MADE) {
      throw node.wrong("makes more than " + MOST_MADE + " values that are not in the file");
    }
  }

  /** A layer's values as an image of which the axes are in an order, with what else was known. */
  static Tensor ordered(Tensor result, int[] order) {
    Shape shape = result.shape();
    return order.length == shape.rank() ? result.with(View.of(shape, order)) : result;
  }
}

package dev.convoy.model.onnx.in;

import dev.convoy.data.FileOpener;
import dev.convoy.model.Model;
import dev.convoy.model.ModelException;
import dev.convoy.model.onnx.Constant;
import dev.convoy.model.onnx.Notes;
import dev.convoy.model.onnx.OnnxFile;
import dev.convoy.model.onnx.OnnxTensors;
import dev.convoy.nn.Network;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import onnx.Onnx.ModelProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.ValueInfoProto;
import org.jspecify.annotations.Nullable;

/** Reads a file of ONNX as a model. */
public final class OnnxImport {
  private OnnxImport() {}

  /**
   * Reads a file.
   *
   * @throws ModelException if it is damaged, or has what no layer of Convoy does: the message names
   *     the node, its operator and version
   */
  public static Model read(FileOpener files, String path, ImportOptions options)
      throws IOException {
    ModelProto message = OnnxFile.read(files, path);
    FileNotes notes = FileNotes.of(message, path);
    Graph graph = new Graph(message, path);
    ValueInfoProto value = graph.input();
    GraphInput input = GraphInput.of(graph, value, options.input());
    String from = notes.takesPixels() ? Notes.NORMALIZED_VALUE : value.getName();
    GraphEnd end = GraphEnd.of(graph, graph.output(options.value()), notes, options.loss());
    graph.keep(end.value(), from);
    Sketch sketch = new Sketch(input.shape());
    OnnxTensors tensors = new OnnxTensors(files, path);
    Reading reading = new Reading(sketch, graph.takers, input.batch(), tensors, end.value());
    for (TensorProto tensor : graph.message.getInitializerList()) {
      if (graph.takers.containsKey(tensor.getName())) {
        reading.put(tensor.getName(), tensors.read(tensor));
      }
    }
    Source source = new Source(Network.INPUT, input.shape());
    reading.put(from, new Tensor(source, input.view()));
    graph.nodes.forEach(node -> read(node, reading));
    Network network = network(graph, reading, end);
    return ImportedModel.of(network, sketch.weights(network), notes, options, end.loss(), path);
  }

  private static void read(Operator node, Reading reading) {
    if (reading.isDone(node)) {
      return;
    } else if (node.type().equals("Constant") && node.domain().isEmpty()) {
      reading.put(node.output(), reading.constant(node));
      return;
    }
    Constant folded = folded(node, reading);
    if (folded != null) {
      reading.put(node.output(), folded);
      return;
    }
    OperatorReader reader = Readers.of(node);
    if (reader == null) {
      throw node.wrong("is an operator that Convoy does not read");
    }
    reader.read(node, reading);
  }

  private static @Nullable Constant folded(Operator node, Reading reading) {
    List<Constant> constants = new ArrayList<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      if (reading.has(node, i)) {
        if (!(reading.value(node, i) instanceof Constant constant)) {
          return null;
        }
        constants.add(constant);
      }
    }
    boolean isOwn = node.domain().isEmpty() && !constants.isEmpty();
    return isOwn ? Folding.of(node, constants, reading) : null;
  }

  private static Network network(Graph graph, Reading reading, GraphEnd end) {
    Operator last = graph.givers.get(end.value());
    if (last == null) {
      throw graph.wrong("must have nodes between its input and its output");
    }
    Object value = reading.output(end.value());
    if (value instanceof Constant) {
      throw graph.wrong("must compute its output, but it is constant");
    }
    Tensor tensor = reading.materials().tensor(value);
    if (tensor.view().rank() == 1) {
      reading.materials().vector(last, tensor);
    } else {
      reading.materials().image(last, tensor);
    }
    try {
      return reading.sketch().network();
    } catch (IllegalArgumentException e) {
      throw graph.wrong("becomes no network: " + e.getMessage());
    }
  }
}

package dev.convoy.model.onnx.out;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.convoy.image.Normalization;
import dev.convoy.loss.OutputActivation;
import dev.convoy.model.Model;
import dev.convoy.model.ModelException;
import dev.convoy.model.onnx.Notes;
import dev.convoy.nn.Network;
import dev.convoy.nn.NetworkTrunk;
import dev.convoy.nn.Node;
import dev.convoy.tensor.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto.DataType;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TensorShapeProto.Dimension;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;

/**
 * Writes a model as one file of ONNX, which other programs run.
 *
 * <p>The graph takes {@code input} of shape {@code [batch, C, H, W]}, any batch, and gives {@code
 * output}. Classes, normalization and loss are in the metadata, under the names of {@link Notes}.
 */
public final class OnnxExport {
  /** The newest that all operators below are of, and that runtimes of 2022 read. */
  private static final int OPERATOR_SET = 17;

  private static final int FORMAT = 8;
  private static final String OUTPUT = "output";

  /** What Protobuf holds in one message, less what all but the values take. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - (64L << 20);

  private static final JsonMapper JSON = new JsonMapper();

  private OnnxExport() {}

  /**
   * Writes a model.
   *
   * @param producer version of Convoy, for the file to tell
   * @throws ModelException if its weights do not fit into one file
   */
  public static void write(Model model, OnnxOptions options, String producer, OutputStream out)
      throws IOException {
    long values = (long) model.network().parameterCount() + model.network().bufferCount();
    if (values * Float.BYTES > MOST_BYTES) {
      throw new ModelException(
          "a model in one file of ONNX must have at most "
              + MOST_BYTES / Float.BYTES
              + " values, but this has "
              + values
              + ": --format safetensors has no such limit");
    }
    message(used(model), options, producer).writeTo(out);
  }

  /** The model without layers that only take part in training. */
  private static Model used(Model model) {
    Network network = model.network();
    if (network.auxiliaries().isEmpty()) {
      return model;
    }
    String last = network.nodes().get(network.nodes().size() - 1).name();
    NetworkTrunk main = NetworkTrunk.of(network, model.weights(), last);
    return new Model(
        main.network(),
        main.weights(),
        model.preprocess(),
        model.normalization(),
        model.classNames(),
        model.task(),
        model.loss(),
        model.provenance());
  }

  private static ModelProto message(Model model, OnnxOptions options, String producer) {
    GraphWriter graph = new GraphWriter();
    List<String> sources = new ArrayList<>();
    String input = graph.fresh(Notes.INPUT_VALUE);
    OutputActivation activation = model.loss().activation();
    boolean activates = options.activates() && activation != OutputActivation.NONE;
    String output = graph.fresh(OUTPUT);
    sources.add(options.normalizes() ? normalized(model, graph, input) : input);
    List<Node> nodes = model.network().nodes();
    for (Node node : nodes) {
      boolean isLast = sources.size() == nodes.size();
      String last = activates ? graph.fresh(Notes.OUTPUTS_VALUE) : output;
      String name = isLast ? last : graph.fresh(node.name());
      List<String> inputs = node.sources().stream().map(sources::get).toList();
      LayerGraph layer = new LayerGraph(graph, node, model.weights(), inputs, name);
      LayerWriters.of(node.layer().getClass()).write(layer);
      sources.add(name);
    }
    if (activates) {
      String outputs = sources.get(nodes.size());
      boolean isSoftmax = activation == OutputActivation.SOFTMAX;
      if (isSoftmax) {
        graph.node("Softmax", output, List.of(outputs), GraphWriter.attribute("axis", 1L));
      } else {
        graph.node("Sigmoid", output, List.of(outputs));
      }
    }
    graph.graph().setName("convoy");
    graph.graph().addInput(value(input, model.network().input()));
    graph.graph().addOutput(value(output, model.network().output()));
    ModelProto.Builder message = ModelProto.newBuilder().setIrVersion(FORMAT);
    message.setProducerName(Notes.PRODUCER).setProducerVersion(producer);
    message.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET));
    notes(model, options)
        .forEach(
            (key, text) ->
                message.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(text)));
    return message.setGraph(graph.graph()).build();
  }

  /** Adds what makes the network's input of pixels from 0 to 255. */
  private static String normalized(Model model, GraphWriter graph, String input) {
    Normalization normalization = model.normalization();
    int[] perChannel = new int[model.network().input().rank()];
    Arrays.fill(perChannel, 1);
    perChannel[0] = normalization.mean().length;
    String scaled =
        graph.node(
            "Div", graph.fresh("pixels/scaled"), List.of(input, graph.scalar("pixels/most", 255)));
    String mean = graph.floats("pixels/mean", perChannel, normalization.mean());
    String std = graph.floats("pixels/std", perChannel, normalization.std());
    String centred = graph.node("Sub", graph.fresh("pixels/centred"), List.of(scaled, mean));
    return graph.node("Div", graph.fresh(Notes.NORMALIZED_VALUE), List.of(centred, std));
  }

  private static Map<String, String> notes(Model model, OnnxOptions options) {
    Map<String, String> notes = new TreeMap<>();
    notes.put(Notes.CLASSES, json(model.classNames()));
    notes.put(Notes.MEAN, json(model.normalization().mean()));
    notes.put(Notes.STD, json(model.normalization().std()));
    notes.put(Notes.INPUT, options.normalizes() ? Notes.PIXELS : Notes.NORMALIZED);
    boolean activates = options.activates() && model.loss().activation() != OutputActivation.NONE;
    notes.put(Notes.OUTPUT, activates ? Notes.PREDICTIONS : Notes.OUTPUTS);
    notes.put(Notes.LOSS, model.loss().kind());
    return notes;
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ValueInfoProto value(String name, Shape shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    dimensions.addDim(Dimension.newBuilder().setDimParam("batch"));
    for (int dimension : shape.toArray()) {
      dimensions.addDim(Dimension.newBuilder().setDimValue(dimension));
    }
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setShape(dimensions);
    tensor.setElemType(DataType.FLOAT.getNumber());
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}

package dev.convoy.model.onnx.out;

import static dev.convoy.model.onnx.out.GraphWriter.attribute;

import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.GroupNorm;
import dev.convoy.nn.layer.LayerNorm;
import dev.convoy.nn.layer.LocalResponseNorm;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx.AttributeProto;

/** Layers that normalize. */
final class NormalizationWriters {
  private NormalizationWriters() {}

  static void batchNorm(LayerGraph layer) {
    BatchNorm2d norm = layer.layer(BatchNorm2d.class);
    List<String> tensors = new ArrayList<>();
    if (!norm.affine()) {
      // ONNX has no normalization without the two.
      int channels = layer.input().channels();
      float[] ones = new float[channels];
      Arrays.fill(ones, 1);
      String name = layer.node().name();
      tensors.add(layer.graph().floats(name + ".weight", new int[] {channels}, ones));
      tensors.add(layer.graph().floats(name + ".bias", new int[] {channels}, new float[channels]));
    }
    tensors.addAll(layer.tensors());
    layer.result(
        "BatchNormalization",
        tensors,
        attribute("epsilon", norm.epsilon()),
        // There, it is the share of the statistics that stays.
        attribute("momentum", 1 - norm.momentum()));
  }

  /** Dimensions of a constant of one number a channel, which broadcasts over the input. */
  static int[] perChannel(LayerGraph layer) {
    int[] shape = new int[layer.input().rank()];
    Arrays.fill(shape, 1);
    shape[0] = layer.input().channels();
    return shape;
  }

  private static String filled(LayerGraph layer, String name, int count, float value) {
    float[] values = new float[count];
    Arrays.fill(values, value);
    return layer.graph().floats(layer.node().name() + "." + name, new int[] {count}, values);
  }

  static void scale(LayerGraph layer) {
    layer.result("Mul", List.of(layer.tensor(0, perChannel(layer))));
  }

  /** ONNX normalizes the last axes: the channels go there and back. */
  static void layerNorm(LayerGraph layer) {
    LayerNorm norm = layer.layer(LayerNorm.class);
    List<String> inputs = new ArrayList<>();
    boolean isImage = layer.input().isImage();
    String x = layer.inputs().get(0);
    inputs.add(isImage ? layer.step("Transpose", List.of(x), attribute("perm", 0, 2, 3, 1)) : x);
    if (norm.affine()) {
      inputs.addAll(layer.tensors());
    } else {
      inputs.add(filled(layer, "weight", layer.input().channels(), 1));
    }
    AttributeProto axis = attribute("axis", -1L);
    AttributeProto epsilon = attribute("epsilon", norm.epsilon());
    if (isImage) {
      String y = layer.step("LayerNormalization", inputs, axis, epsilon);
      layer.resultOf("Transpose", List.of(y), attribute("perm", 0, 3, 1, 2));
    } else {
      layer.resultOf("LayerNormalization", inputs, axis, epsilon);
    }
  }

  /** Each group as one channel of an instance norm, as this set of operators has no other. */
  static void groupNorm(LayerGraph layer) {
    GroupNorm norm = layer.layer(GroupNorm.class);
    Shape in = layer.input();
    int groups = norm.groups();
    String parts = ShapeWriters.sizes(layer, "parts", new int[] {groups, in.size() / groups});
    String cut = layer.step("Reshape", List.of(layer.inputs().get(0), parts));
    String ones = filled(layer, "ones", groups, 1);
    String zeros = filled(layer, "zeros", groups, 0);
    String normal =
        layer.step(
            "InstanceNormalization",
            List.of(cut, ones, zeros),
            attribute("epsilon", norm.epsilon()));
    List<String> joined = List.of(normal, ShapeWriters.sizes(layer, "shape", in.toArray()));
    if (!norm.affine()) {
      layer.resultOf("Reshape", joined);
      return;
    }
    String whole = layer.step("Reshape", joined);
    String scaled = layer.step("Mul", List.of(whole, layer.tensor(0, perChannel(layer))));
    layer.resultOf("Add", List.of(scaled, layer.tensor(1, perChannel(layer))));
  }

  static void localResponseNorm(LayerGraph layer) {
    LocalResponseNorm norm = layer.layer(LocalResponseNorm.class);
    Shape in = layer.input();
    String x = layer.inputs().get(0);
    if (norm.size() % 2 == 1 && in.isImage()) {
      layer.result(
          "LRN",
          attribute("size", (long) norm.size()),
          attribute("alpha", norm.alpha()),
          attribute("beta", norm.beta()),
          attribute("bias", norm.k()));
      return;
    }
    // An even window has its centre elsewhere there, and features are no picture: channels are
    // rows.
    String square = layer.step("Mul", List.of(x, x));
    int pixels = in.size() / in.channels();
    String rows = ShapeWriters.sizes(layer, "rows", new int[] {1, in.channels(), pixels});
    String mean =
        layer.step(
            "AveragePool",
            List.of(layer.step("Reshape", List.of(square, rows))),
            attribute("kernel_shape", norm.size(), 1),
            attribute("pads", norm.size() / 2, 0, (norm.size() - 1) / 2, 0),
            attribute("count_include_pad", 1L));
    String back = ShapeWriters.sizes(layer, "shape", in.toArray());
    String shaped = layer.step("Reshape", List.of(mean, back));
    String share = layer.step("Mul", List.of(shaped, layer.scalar("alpha", norm.alpha())));
    String sum = layer.step("Add", List.of(share, layer.scalar("k", norm.k())));
    String power = layer.step("Pow", List.of(sum, layer.scalar("beta", norm.beta())));
    layer.resultOf("Div", List.of(x, power));
  }
}

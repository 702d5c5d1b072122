package dev.convoy.model.onnx.out;

import static dev.convoy.model.onnx.out.GraphWriter.attribute;

import dev.convoy.nn.layer.BatchNorm2d;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
}

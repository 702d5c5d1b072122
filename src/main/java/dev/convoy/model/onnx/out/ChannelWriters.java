package dev.convoy.model.onnx.out;

import static dev.convoy.model.onnx.out.GraphWriter.attribute;

import dev.convoy.nn.layer.ChannelShuffle;
import dev.convoy.nn.layer.DepthToSpace;
import dev.convoy.nn.layer.DepthToSpace.ChannelOrder;
import dev.convoy.nn.layer.Slice;
import dev.convoy.nn.layer.SpaceToDepth;
import dev.convoy.tensor.Shape;
import java.util.List;

/** Layers that take, move or sum up channels. */
final class ChannelWriters {
  private ChannelWriters() {}

  static void reduce(LayerGraph layer, String operator) {
    layer.result(operator, attribute("axes", new int[] {1}), attribute("keepdims", 1L));
  }

  static void slice(LayerGraph layer) {
    Slice slice = layer.layer(Slice.class);
    int end = slice.to() == null ? layer.input().channels() : slice.to();
    ShapeWriters.slice(layer, new long[] {slice.from()}, new long[] {end}, 1);
  }

  static void shuffle(LayerGraph layer) {
    int groups = layer.layer(ChannelShuffle.class).groups();
    Shape in = layer.input();
    int each = in.channels() / groups;
    boolean isImage = in.isImage();
    int[] parted =
        isImage ? new int[] {groups, each, in.height(), in.width()} : new int[] {groups, each};
    int[] order = isImage ? new int[] {0, 2, 1, 3, 4} : new int[] {0, 2, 1};
    moved(layer, parted, order, in.toArray());
  }

  static void depthToSpace(LayerGraph layer) {
    DepthToSpace depth = layer.layer(DepthToSpace.class);
    layer.result(
        "DepthToSpace",
        attribute("blocksize", (long) depth.blockSize()),
        attribute("mode", depth.mode() == ChannelOrder.CRD ? "CRD" : "DCR"));
  }

  /** ONNX has one of the two orders alone. */
  static void spaceToDepth(LayerGraph layer) {
    SpaceToDepth space = layer.layer(SpaceToDepth.class);
    int b = space.blockSize();
    Shape in = layer.input();
    int[] parted = {in.channels(), in.height() / b, b, in.width() / b, b};
    int[] order =
        space.mode() == ChannelOrder.CRD
            ? new int[] {0, 1, 3, 5, 2, 4}
            : new int[] {0, 3, 5, 1, 2, 4};
    moved(layer, parted, order, layer.node().output().toArray());
  }

  /** Cuts axes, puts them in another order, and joins them. */
  private static void moved(LayerGraph layer, int[] parted, int[] order, int[] joined) {
    String parts =
        layer.step(
            "Reshape", List.of(layer.inputs().get(0), ShapeWriters.sizes(layer, "parts", parted)));
    String turned = layer.step("Transpose", List.of(parts), attribute("perm", order));
    layer.resultOf("Reshape", List.of(turned, ShapeWriters.sizes(layer, "shape", joined)));
  }
}

package dev.convoy.nn.preset;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Add;
import dev.convoy.nn.layer.Relu6;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Set;

/** MobileNet-v2: blocks that expand, filter each channel by itself, and project. */
final class MobileNetV2 {
  /** Factor of expansion, channels, blocks and stride of each stage. */
  private static final int[][] STAGES = {
    {1, 16, 1, 1},
    {6, 24, 2, 2},
    {6, 32, 3, 2},
    {6, 64, 4, 2},
    {6, 96, 3, 1},
    {6, 160, 3, 2},
    {6, 320, 1, 1}
  };

  private MobileNetV2() {}

  static List<Preset> presets() {
    return List.of(
        Preset.imageNet(
            "mobilenet_v2",
            "Sandler et al., CVPR 2018",
            Set.of(Preset.Choice.WIDTH, Preset.Choice.DROPOUT),
            MobileNetV2::network));
  }

  private static Network network(Shape input, int classes, Choices choices) {
    float width = choices.widthOr(1);
    Blueprint net = new Blueprint(input, Start.REACH);
    net.unit("features.0", Blueprint.square(Choices.channels(32 * width), 3, 2), new Relu6());
    int at = 1;
    for (int[] stage : STAGES) {
      for (int i = 0; i < stage[2]; i++) {
        int channels = Choices.channels(stage[1] * width);
        block(net, "features." + at++ + ".conv", stage[0], channels, i == 0 ? stage[3] : 1);
      }
    }
    int last = Choices.channels(1280 * Math.max(1, width));
    net.unit("features." + at, Blueprint.pointwise(last), new Relu6());
    net.pooled();
    net.dropout("classifier.0", choices.dropoutOr(0.2));
    net.dense("classifier.1", classes, Start.SMALL);
    return net.build();
  }

  private static void block(Blueprint net, String name, int factor, int channels, int stride) {
    String from = net.last();
    int expanded = factor * net.channels();
    boolean residual = stride == 1 && net.channels() == channels;
    int at = 0;
    if (factor != 1) {
      net.unit(name + "." + at++, Blueprint.pointwise(expanded), new Relu6());
    }
    net.unit(name + "." + at++, Blueprint.depthwise(expanded, 3, stride), new Relu6());
    net.unit(name + "." + at, name + "." + (at + 1), null, "", Blueprint.pointwise(channels));
    if (residual) {
      net.join(name + ".add", new Add(), from, net.last());
    }
  }
}

package dev.convoy.nn.preset;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Add;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.HardSigmoid;
import dev.convoy.nn.layer.HardSwish;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.Relu;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Set;

/** MobileNet-v3: MobileNet-v2's blocks with squeeze-and-excitation, found by a search. */
final class MobileNetV3 {
  private static final BatchNorm2d NORM = new BatchNorm2d(1e-3f, 0.01f, null);

  /** A block each: kernel, expanded channels, channels, whether it squeezes, hard swish, stride. */
  private static final int[][] LARGE = {
    {3, 16, 16, 0, 0, 1},
    {3, 64, 24, 0, 0, 2},
    {3, 72, 24, 0, 0, 1},
    {5, 72, 40, 1, 0, 2},
    {5, 120, 40, 1, 0, 1},
    {5, 120, 40, 1, 0, 1},
    {3, 240, 80, 0, 1, 2},
    {3, 200, 80, 0, 1, 1},
    {3, 184, 80, 0, 1, 1},
    {3, 184, 80, 0, 1, 1},
    {3, 480, 112, 1, 1, 1},
    {3, 672, 112, 1, 1, 1},
    {5, 672, 160, 1, 1, 2},
    {5, 960, 160, 1, 1, 1},
    {5, 960, 160, 1, 1, 1}
  };

  private static final int[][] SMALL = {
    {3, 16, 16, 1, 0, 2},
    {3, 72, 24, 0, 0, 2},
    {3, 88, 24, 0, 0, 1},
    {5, 96, 40, 1, 1, 2},
    {5, 240, 40, 1, 1, 1},
    {5, 240, 40, 1, 1, 1},
    {5, 120, 48, 1, 1, 1},
    {5, 144, 48, 1, 1, 1},
    {5, 288, 96, 1, 1, 2},
    {5, 576, 96, 1, 1, 1},
    {5, 576, 96, 1, 1, 1}
  };

  private MobileNetV3() {}

  static List<Preset> presets() {
    return List.of(
        preset("mobilenet_v3_small", SMALL, 1024), preset("mobilenet_v3_large", LARGE, 1280));
  }

  private static Preset preset(String name, int[][] blocks, int last) {
    return Preset.imageNet(
        name,
        "Howard et al., ICCV 2019",
        Set.of(Preset.Choice.WIDTH, Preset.Choice.DROPOUT),
        (input, classes, choices) -> network(input, classes, choices, blocks, last));
  }

  private static Network network(
      Shape input, int classes, Choices choices, int[][] blocks, int last) {
    float width = choices.widthOr(1);
    Blueprint net = new Blueprint(input, Start.REACH, NORM);
    net.unit("features.0", Blueprint.square(Choices.channels(16 * width), 3, 2), new HardSwish());
    for (int i = 0; i < blocks.length; i++) {
      block(net, "features." + (i + 1) + ".block.", blocks[i], width);
    }
    net.unit(
        "features." + (blocks.length + 1),
        Blueprint.pointwise(6 * net.channels()),
        new HardSwish());
    net.pooled();
    net.dense("classifier.0", Choices.channels(last * width), Start.SMALL);
    net.add("classifier.1", new HardSwish());
    net.dropout("classifier.2", choices.dropoutOr(0.2));
    net.dense("classifier.3", classes, Start.SMALL);
    return net.build();
  }

  private static void block(Blueprint net, String name, int[] plan, float width) {
    String from = net.last();
    int expanded = Choices.channels(plan[1] * width);
    int channels = Choices.channels(plan[2] * width);
    Layer activation = plan[4] == 1 ? new HardSwish() : new Relu();
    boolean residual = plan[5] == 1 && net.channels() == channels;
    int at = 0;
    if (expanded != net.channels()) {
      net.unit(name + at++, Blueprint.pointwise(expanded), activation);
    }
    net.unit(name + at++, Blueprint.depthwise(expanded, plan[0], plan[5]), activation);
    if (plan[3] == 1) {
      int squeezed = Choices.channels(expanded / 4);
      SqueezeExcitation.add(net, name + at++, squeezed, new Relu(), new HardSigmoid());
    }
    net.unit(name + at, Blueprint.pointwise(channels), null);
    if (residual) {
      net.join(name + "add", new Add(), net.last(), from);
    }
  }
}

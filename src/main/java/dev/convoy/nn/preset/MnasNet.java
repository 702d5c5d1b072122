package dev.convoy.nn.preset;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Add;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Relu;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** MNASNet-B1, which a search for accuracy at a telephone's pace found. */
final class MnasNet {
  /** The running statistics move slowly, as the paper's do. */
  private static final BatchNorm2d NORM = new BatchNorm2d(null, 1 - 0.9997f, null);

  /** Channels, kernel, stride, factor of expansion and blocks of each stage. */
  private static final int[][] STAGES = {
    {24, 3, 2, 3, 3},
    {40, 5, 2, 3, 3},
    {80, 5, 2, 6, 3},
    {96, 3, 1, 6, 2},
    {192, 5, 2, 6, 4},
    {320, 3, 1, 6, 1}
  };

  private MnasNet() {}

  static List<Preset> presets() {
    return List.of(
        preset("mnasnet0_5", 0.5),
        preset("mnasnet0_75", 0.75),
        preset("mnasnet1_0", 1),
        preset("mnasnet1_3", 1.3));
  }

  private static Preset preset(String name, double width) {
    return Preset.imageNet(
        name,
        "Tan et al., CVPR 2019",
        Set.of(Preset.Choice.DROPOUT),
        (input, classes, choices) -> network(input, classes, choices, width));
  }

  private static Network network(Shape input, int classes, Choices choices, double width) {
    Blueprint net = new Blueprint(input, Start.REACH, NORM);
    int first = Choices.channels(32 * width);
    unit(net, "layers.", 0, Blueprint.square(first, 3, 2), new Relu());
    unit(net, "layers.", 3, Blueprint.depthwise(first, 3, 1), new Relu());
    unit(net, "layers.", 6, Conv2d.of(Choices.channels(16 * width), 1), null);
    int at = 8;
    for (int[] stage : STAGES) {
      for (int i = 0; i < stage[4]; i++) {
        String name = "layers." + at + "." + i + ".layers.";
        int channels = Choices.channels(stage[0] * width);
        block(net, name, channels, stage[1], i == 0 ? stage[2] : 1, stage[3]);
      }
      at++;
    }
    unit(net, "layers.", at, Conv2d.of(1280, 1), new Relu());
    net.pooled();
    net.dropout("classifier.0", choices.dropoutOr(0.2));
    net.dense("classifier.1", classes, Start.byClasses(3, classes));
    return net.build();
  }

  private static void block(
      Blueprint net, String name, int channels, int kernel, int stride, int factor) {
    String from = net.last();
    boolean residual = stride == 1 && net.channels() == channels;
    int expanded = factor * net.channels();
    unit(net, name, 0, Conv2d.of(expanded, 1), new Relu());
    unit(net, name, 3, Blueprint.depthwise(expanded, kernel, stride), new Relu());
    unit(net, name, 6, Conv2d.of(channels, 1), null);
    if (residual) {
      net.join(name + "add", new Add(), net.last(), from);
    }
  }

  private static void unit(
      Blueprint net, String name, int at, Conv2d conv, @Nullable Relu activation) {
    net.unit(name + at, name + (at + 1), activation, name + (at + 2), conv);
  }
}

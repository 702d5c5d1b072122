package dev.convoy.nn.preset;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Concat;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Size;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Set;

/** SqueezeNet 1.0 and 1.1: modules that squeeze channels, and expand them by two kernels. */
final class SqueezeNet {
  /** Channels that squeeze, and of each kernel that expands. */
  private static final int[][] FIRES = {
    {16, 64}, {16, 64}, {32, 128}, {32, 128}, {48, 192}, {48, 192}, {64, 256}, {64, 256}
  };

  private SqueezeNet() {}

  static List<Preset> presets() {
    return List.of(preset("squeezenet1_0", 96, 7, 3, 7), preset("squeezenet1_1", 64, 3, 2, 4));
  }

  /** The pools after the first stand before these modules, which count from 0. */
  private static Preset preset(String name, int filters, int kernel, int... pools) {
    return Preset.imageNet(
        name,
        "Iandola et al., arXiv 1602.07360, 2016",
        Set.of(Preset.Choice.DROPOUT),
        (input, classes, choices) -> network(input, classes, choices, filters, kernel, pools));
  }

  private static Network network(
      Shape input, int classes, Choices choices, int filters, int kernel, int[] pools) {
    Blueprint net = new Blueprint(input, Start.SUM_UNIFORM);
    net.conv("features.0", Conv2d.of(filters, kernel).withStride(2));
    net.add("features.1", new Relu());
    pool(net, 2);
    int at = 3;
    for (int i = 0; i < FIRES.length; i++) {
      if (i == pools[0] || i == pools[1]) {
        pool(net, at++);
      }
      fire(net, "features." + at++ + ".", FIRES[i][0], FIRES[i][1]);
    }
    net.dropout("classifier.0", choices.dropoutOr(0.5));
    net.add("classifier.1", Conv2d.of(classes, 1).withInitializer(Start.SMALL));
    net.add("classifier.2", new Relu());
    net.pooled();
    return net.build();
  }

  private static void pool(Blueprint net, int at) {
    net.add("features." + at, new MaxPool2d(Size.of(3), Size.of(2), null, null, true));
  }

  private static void fire(Blueprint net, String name, int squeeze, int expand) {
    net.conv(name + "squeeze", Conv2d.of(squeeze, 1));
    String squeezed = net.add(name + "squeeze_activation", new Relu());
    net.conv(name + "expand1x1", Conv2d.of(expand, 1));
    String points = net.add(name + "expand1x1_activation", new Relu());
    net.from(squeezed);
    net.conv(name + "expand3x3", Blueprint.square(expand, 3, 1));
    String squares = net.add(name + "expand3x3_activation", new Relu());
    net.join(name + "concat", new Concat(), points, squares);
  }
}

package dev.convoy.nn.preset;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.AvgPool2d;
import dev.convoy.nn.layer.Concat;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Relu;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Set;

/** DenseNet: each layer of a block takes the outputs of all before it. */
final class DenseNet {
  private DenseNet() {}

  static List<Preset> presets() {
    return List.of(
        preset("densenet121", 64, 32, 6, 12, 24, 16),
        preset("densenet161", 96, 48, 6, 12, 36, 24),
        preset("densenet169", 64, 32, 6, 12, 32, 32),
        preset("densenet201", 64, 32, 6, 12, 48, 32));
  }

  private static Preset preset(String name, int first, int growth, int... blocks) {
    return Preset.imageNet(
        name,
        "Huang et al., CVPR 2017",
        Set.of(),
        (input, classes, choices) -> network(input, classes, first, growth, blocks));
  }

  private static Network network(Shape input, int classes, int first, int growth, int[] blocks) {
    Blueprint net = new Blueprint(input, Start.SUM);
    net.unit(
        "features.conv0",
        "features.norm0",
        new Relu(),
        "features.relu0",
        Blueprint.square(first, 7, 2));
    net.add("features.pool0", MaxPool2d.of(3, 2).withPadding(Padding.of(1)));
    for (int block = 1; block <= blocks.length; block++) {
      String name = "features.denseblock" + block;
      for (int i = 1; i <= blocks[block - 1]; i++) {
        layer(net, name + ".denselayer" + i + ".", growth);
      }
      if (block < blocks.length) {
        transition(net, "features.transition" + block + ".");
      }
    }
    net.norm("features.norm5");
    net.add("relu", new Relu());
    net.pooled();
    net.dense("classifier", classes, Start.PLAIN);
    return net.build();
  }

  private static void layer(Blueprint net, String name, int growth) {
    String from = net.last();
    normalized(net, name, "1", Conv2d.of(4 * growth, 1));
    String grown = normalized(net, name, "2", Blueprint.square(growth, 3, 1));
    net.join(name + "concat", new Concat(), from, grown);
  }

  private static void transition(Blueprint net, String name) {
    normalized(net, name, "", Conv2d.of(net.channels() / 2, 1));
    net.add(name + "pool", AvgPool2d.of(2, 2));
  }

  private static String normalized(Blueprint net, String name, String number, Conv2d conv) {
    net.norm(name + "norm" + number);
    net.add(name + "relu" + number, new Relu());
    return net.conv(name + "conv" + number, conv.withoutBias());
  }
}

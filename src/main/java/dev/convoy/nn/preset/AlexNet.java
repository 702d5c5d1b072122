package dev.convoy.nn.preset;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Relu;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Set;

/** AlexNet of one column, as torchvision has it. */
final class AlexNet {
  private static final int SIDE = 6;

  private AlexNet() {}

  static List<Preset> presets() {
    return List.of(
        Preset.imageNet(
            "alexnet",
            "Krizhevsky, arXiv 1404.5997, 2014",
            Set.of(Preset.Choice.DROPOUT),
            AlexNet::network));
  }

  private static Network network(Shape input, int classes, Choices choices) {
    Blueprint net = new Blueprint(input, Start.PLAIN);
    conv(net, 0, Conv2d.of(64, 11).withStride(4).withPadding(2));
    net.add("features.2", MaxPool2d.of(3, 2));
    conv(net, 3, Conv2d.of(192, 5).withPadding(2));
    net.add("features.5", MaxPool2d.of(3, 2));
    conv(net, 6, Conv2d.of(384, 3).withPadding(1));
    conv(net, 8, Conv2d.of(256, 3).withPadding(1));
    conv(net, 10, Conv2d.of(256, 3).withPadding(1));
    net.add("features.12", MaxPool2d.of(3, 2));
    FixedSide.pool(net, SIDE);
    net.flatten();
    float rate = choices.dropoutOr(0.5);
    net.dropout("classifier.0", rate);
    net.dense("classifier.1", 4096, Start.PLAIN);
    net.add("classifier.2", new Relu());
    net.dropout("classifier.3", rate);
    net.dense("classifier.4", 4096, Start.PLAIN);
    net.add("classifier.5", new Relu());
    net.dense("classifier.6", classes, Start.PLAIN);
    return net.build();
  }

  private static void conv(Blueprint net, int number, Conv2d conv) {
    net.conv("features." + number, conv);
    net.add("features." + (number + 1), new Relu());
  }
}

package dev.convoy.nn.preset;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Relu;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Set;

/** LeNet-5 as it is built today: rectifiers and pools of the largest value. */
final class LeNet {
  private LeNet() {}

  static List<Preset> presets() {
    return List.of(
        new Preset(
            "lenet5",
            "LeCun et al., Proc. IEEE 1998",
            Shape.of(1, 28, 28),
            10,
            Set.of(),
            LeNet::network));
  }

  private static Network network(Shape input, int classes, Choices choices) {
    Blueprint net = new Blueprint(input, Start.SUM);
    net.conv("conv1", Conv2d.of(6, 5).withPadding(2));
    net.add("relu1", new Relu());
    net.add("pool1", MaxPool2d.of(2, 2));
    net.conv("conv2", Conv2d.of(16, 5));
    net.add("relu2", new Relu());
    net.add("pool2", MaxPool2d.of(2, 2));
    net.flatten();
    net.dense("fc1", 120, Start.SUM);
    net.add("relu3", new Relu());
    net.dense("fc2", 84, Start.SUM);
    net.add("relu4", new Relu());
    net.dense("fc3", classes, Start.SUM);
    return net.build();
  }
}

package dev.convoy.nn.preset;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Relu;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Set;

/**
 * The half of U-Net that goes down, with borders that keep sizes and batch normalisation, and a
 * dense layer on the means of its 1,024 channels.
 */
final class UNetEncoder {
  private UNetEncoder() {}

  static List<Preset> presets() {
    return List.of(
        Preset.imageNet(
            "unet_encoder",
            "Ronneberger et al., MICCAI 2015",
            Set.of(),
            (input, classes, choices) -> network(input, classes)));
  }

  private static Network network(Shape input, int classes) {
    Blueprint net = new Blueprint(input, Start.SUM);
    twice(net, "inc.double_conv.", 64);
    for (int i = 1; i <= 4; i++) {
      String name = "down" + i + ".maxpool_conv.";
      net.add(name + "0", MaxPool2d.of(2, 2));
      twice(net, name + "1.double_conv.", 64 << i);
    }
    net.pooled();
    net.dense("fc", classes, Start.PLAIN);
    return net.build();
  }

  private static void twice(Blueprint net, String name, int filters) {
    for (int at = 0; at <= 3; at += 3) {
      net.unit(
          name + at, name + (at + 1), new Relu(), name + (at + 2), Blueprint.square(filters, 3, 1));
    }
  }
}

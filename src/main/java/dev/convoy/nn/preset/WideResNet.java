package dev.convoy.nn.preset;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Add;
import dev.convoy.nn.layer.Relu;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Set;

/**
 * Wide residual networks for pictures of 32x32 pixels; each block normalises before it convolves.
 */
final class WideResNet {
  private static final int[] PLANES = {16, 32, 64};

  private WideResNet() {}

  static List<Preset> presets() {
    return List.of(preset(16, 8), preset(28, 10));
  }

  private static Preset preset(int layers, int width) {
    return new Preset(
        "wrn" + layers + "_" + width,
        "Zagoruyko and Komodakis, BMVC 2016",
        Shape.of(3, 32, 32),
        10,
        Set.of(Preset.Choice.DROPOUT),
        (input, classes, choices) -> network(input, classes, choices, (layers - 4) / 6, width));
  }

  private static Network network(Shape input, int classes, Choices choices, int blocks, int width) {
    Blueprint net = new Blueprint(input, Start.REACH);
    net.conv("conv1", Blueprint.square(16, 3, 1).withoutBias());
    for (int stage = 0; stage < PLANES.length; stage++) {
      for (int i = 0; i < blocks; i++) {
        String name = "block" + (stage + 1) + ".layer." + i + ".";
        int stride = stage > 0 && i == 0 ? 2 : 1;
        block(net, name, PLANES[stage] * width, stride, choices.dropoutOr(0));
      }
    }
    net.norm("bn1");
    net.add("relu", new Relu());
    net.pooled();
    net.dense("fc", classes, Start.PLAIN);
    return net.build();
  }

  private static void block(Blueprint net, String name, int planes, int stride, float dropout) {
    String from = net.last();
    boolean fits = net.channels() == planes;
    net.norm(name + "bn1");
    String active = net.add(name + "relu1", new Relu());
    net.conv(name + "conv1", Blueprint.square(planes, 3, stride).withoutBias());
    net.norm(name + "bn2");
    net.add(name + "relu2", new Relu());
    net.dropout(name + "dropout", dropout);
    String main = net.conv(name + "conv2", Blueprint.square(planes, 3, 1).withoutBias());
    String other = from;
    if (!fits) {
      net.from(active);
      other =
          net.conv(
              name + "convShortcut", Blueprint.pointwise(planes).withStride(stride).withoutBias());
    }
    net.join(name + "add", new Add(), other, main);
  }
}

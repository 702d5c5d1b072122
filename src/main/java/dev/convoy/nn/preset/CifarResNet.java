package dev.convoy.nn.preset;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Relu;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Residual networks for pictures of 32x32 pixels: section 4.2 of the paper, with convolutions as
 * shortcuts where shapes differ (its option B).
 */
final class CifarResNet {
  private static final int[] PLANES = {16, 32, 64};

  private CifarResNet() {}

  static List<Preset> presets() {
    List<Preset> all = new ArrayList<>();
    for (int layers : new int[] {20, 32, 44, 56, 110}) {
      all.add(
          new Preset(
              "resnet" + layers,
              "He et al., CVPR 2016",
              Shape.of(3, 32, 32),
              10,
              Set.of(),
              (input, classes, choices) -> network(input, classes, (layers - 2) / 6)));
    }
    return all;
  }

  private static Network network(Shape input, int classes, int blocks) {
    Blueprint net = new Blueprint(input, Start.REACH);
    net.unit("conv1", "bn1", new Relu(), "relu", Blueprint.square(16, 3, 1));
    for (int stage = 0; stage < PLANES.length; stage++) {
      for (int i = 0; i < blocks; i++) {
        String name = "layer" + (stage + 1) + "." + i + ".";
        String from = net.last();
        int stride = stage > 0 && i == 0 ? 2 : 1;
        ResNet.unit(net, name, 1, Blueprint.square(PLANES[stage], 3, stride));
        net.unit(name + "conv2", name + "bn2", null, "", Blueprint.square(PLANES[stage], 3, 1));
        ResNet.shortcut(net, name, from, stride == 1, stride);
      }
    }
    net.pooled();
    net.dense("fc", classes, Start.PLAIN);
    return net.build();
  }
}

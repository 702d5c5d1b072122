package dev.convoy.nn.preset;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Relu;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** VGG: columns of 3x3 convolutions, with batch normalisation or without. */
final class Vgg {
  private static final int SIDE = 7;
  private static final int[] CHANNELS = {64, 128, 256, 512, 512};

  private Vgg() {}

  static List<Preset> presets() {
    List<Preset> all = new ArrayList<>();
    add(all, 11, 1, 1, 2, 2, 2);
    add(all, 13, 2, 2, 2, 2, 2);
    add(all, 16, 2, 2, 3, 3, 3);
    add(all, 19, 2, 2, 4, 4, 4);
    return all;
  }

  private static void add(List<Preset> all, int layers, int... convolutions) {
    for (boolean normalized : new boolean[] {false, true}) {
      all.add(
          Preset.imageNet(
              "vgg" + layers + (normalized ? "_bn" : ""),
              "Simonyan and Zisserman, ICLR 2015",
              Set.of(Preset.Choice.DROPOUT),
              (input, classes, choices) ->
                  network(input, classes, choices, convolutions, normalized)));
    }
  }

  private static Network network(
      Shape input, int classes, Choices choices, int[] convolutions, boolean normalized) {
    Blueprint net = new Blueprint(input, Start.REACH);
    int at = 0;
    for (int stage = 0; stage < convolutions.length; stage++) {
      for (int i = 0; i < convolutions[stage]; i++) {
        net.conv("features." + at++, Blueprint.square(CHANNELS[stage], 3, 1));
        if (normalized) {
          net.norm("features." + at++);
        }
        net.add("features." + at++, new Relu());
      }
      net.add("features." + at++, MaxPool2d.of(2, 2));
    }
    FixedSide.pool(net, SIDE);
    net.flatten();
    float rate = choices.dropoutOr(0.5);
    net.dense("classifier.0", 4096, Start.SMALL);
    net.add("classifier.1", new Relu());
    net.dropout("classifier.2", rate);
    net.dense("classifier.3", 4096, Start.SMALL);
    net.add("classifier.4", new Relu());
    net.dropout("classifier.5", rate);
    net.dense("classifier.6", classes, Start.SMALL);
    return net.build();
  }
}

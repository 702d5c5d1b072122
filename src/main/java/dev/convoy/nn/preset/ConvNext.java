package dev.convoy.nn.preset;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Add;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Gelu;
import dev.convoy.nn.layer.LayerNorm;
import dev.convoy.nn.layer.Scale;
import dev.convoy.nn.layer.StochasticDepth;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Set;

/**
 * ConvNeXt: blocks of a 7x7 filter a channel, a normalisation of each pixel's channels, and two
 * dense layers on these. The latter are convolutions of 1x1 here, whose weights have two dimensions
 * of 1 more than torchvision's.
 */
final class ConvNext {
  private static final LayerNorm NORM = new LayerNorm(1e-6f, null);
  private static final float LAYER_SCALE = 1e-6f;

  /** Channels of the four stages. */
  private static final int[] TINY = {96, 192, 384, 768};

  private ConvNext() {}

  static List<Preset> presets() {
    return List.of(
        preset("convnext_tiny", 0.1f, TINY, 3, 3, 9, 3),
        preset("convnext_small", 0.4f, TINY, 3, 3, 27, 3));
  }

  private static Preset preset(String name, float dropped, int[] channels, int... blocks) {
    return Preset.imageNet(
        name,
        "Liu et al., CVPR 2022",
        Set.of(),
        (input, classes, choices) -> network(input, classes, dropped, channels, blocks));
  }

  private static Network network(
      Shape input, int classes, float dropped, int[] channels, int[] blocks) {
    Blueprint net = new Blueprint(input, Start.NARROW);
    net.conv("features.0.0", Conv2d.of(channels[0], 4).withStride(4));
    net.add("features.0.1", NORM);
    int total = 0;
    for (int count : blocks) {
      total += count;
    }
    int number = 0;
    for (int stage = 0; stage < blocks.length; stage++) {
      if (stage > 0) {
        String name = "features." + 2 * stage;
        net.add(name + ".0", NORM);
        net.conv(name + ".1", Conv2d.of(channels[stage], 2).withStride(2));
      }
      for (int i = 0; i < blocks[stage]; i++) {
        String name = "features." + (2 * stage + 1) + "." + i + ".";
        block(net, name, channels[stage], dropped * number++ / (total - 1));
      }
    }
    net.pooled();
    net.add("classifier.0", NORM);
    net.dense("classifier.2", classes, Start.NARROW);
    return net.build();
  }

  private static void block(Blueprint net, String name, int channels, float dropped) {
    String from = net.last();
    net.conv(name + "block.0", Blueprint.depthwise(channels, 7, 1));
    net.add(name + "block.2", NORM);
    net.conv(name + "block.3", Conv2d.of(4 * channels, 1));
    net.add(name + "block.4", new Gelu(null));
    net.conv(name + "block.5", Conv2d.of(channels, 1));
    net.add(name + "layer_scale", new Scale(LAYER_SCALE));
    if (dropped > 0) {
      net.add(name + "stochastic_depth", new StochasticDepth(dropped));
    }
    net.join(name + "add", new Add(), net.last(), from);
  }
}

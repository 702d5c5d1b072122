package dev.convoy.nn.preset;

import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.GlobalAvgPool2d;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.Multiply;

/** Weighs each channel by what the means of all channels say. Source: Hu et al., CVPR 2018. */
final class SqueezeExcitation {
  private SqueezeExcitation() {}

  /**
   * Adds the block.
   *
   * @param squeezed channels between its two convolutions
   * @param inner activation after the first
   * @param gate activation after the second
   */
  static void add(Blueprint net, String name, int squeezed, Layer inner, Layer gate) {
    String map = net.last();
    int channels = net.channels();
    net.add(name + ".avgpool", new GlobalAvgPool2d(true));
    net.conv(name + ".fc1", Conv2d.of(squeezed, 1));
    net.add(name + ".activation", inner);
    net.conv(name + ".fc2", Conv2d.of(channels, 1));
    String factors = net.add(name + ".scale_activation", gate);
    net.join(name + ".multiply", new Multiply(), map, factors);
  }
}

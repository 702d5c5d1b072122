package dev.convoy.nn.preset;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Add;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Relu;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Residual networks for ImageNet, the wide ones and those of grouped convolutions with them. A
 * block's stride is that of its 3x3 convolution.
 */
final class ResNet {
  private static final int[] PLANES = {64, 128, 256, 512};

  /**
   * What tells the members apart.
   *
   * @param bottleneck whether a block has three convolutions rather than two
   * @param blocks of each stage
   * @param groups of the 3x3 convolutions
   * @param width channels of a group, of 64 planes
   */
  private record Plan(boolean bottleneck, int[] blocks, int groups, int width) {}

  private ResNet() {}

  static List<Preset> presets() {
    List<Preset> all = new ArrayList<>();
    String he = "He et al., CVPR 2016";
    add(all, "resnet18", he, new Plan(false, new int[] {2, 2, 2, 2}, 1, 64));
    add(all, "resnet34", he, new Plan(false, new int[] {3, 4, 6, 3}, 1, 64));
    add(all, "resnet50", he, new Plan(true, new int[] {3, 4, 6, 3}, 1, 64));
    add(all, "resnet101", he, new Plan(true, new int[] {3, 4, 23, 3}, 1, 64));
    add(all, "resnet152", he, new Plan(true, new int[] {3, 8, 36, 3}, 1, 64));
    String xie = "Xie et al., CVPR 2017";
    add(all, "resnext50_32x4d", xie, new Plan(true, new int[] {3, 4, 6, 3}, 32, 4));
    add(all, "resnext101_32x8d", xie, new Plan(true, new int[] {3, 4, 23, 3}, 32, 8));
    String wide = "Zagoruyko and Komodakis, BMVC 2016";
    add(all, "wide_resnet50_2", wide, new Plan(true, new int[] {3, 4, 6, 3}, 1, 128));
    add(all, "wide_resnet101_2", wide, new Plan(true, new int[] {3, 4, 23, 3}, 1, 128));
    return all;
  }

  private static void add(List<Preset> all, String name, String source, Plan plan) {
    all.add(
        Preset.imageNet(
            name, source, Set.of(), (input, classes, choices) -> network(input, classes, plan)));
  }

  private static Network network(Shape input, int classes, Plan plan) {
    Blueprint net = new Blueprint(input, Start.REACH);
    net.unit("conv1", "bn1", new Relu(), "relu", Blueprint.square(64, 7, 2));
    net.add("maxpool", MaxPool2d.of(3, 2).withPadding(Padding.of(1)));
    for (int stage = 0; stage < PLANES.length; stage++) {
      for (int i = 0; i < plan.blocks[stage]; i++) {
        String name = "layer" + (stage + 1) + "." + i + ".";
        block(net, name, plan, PLANES[stage], stage > 0 && i == 0 ? 2 : 1);
      }
    }
    net.pooled();
    net.dense("fc", classes, Start.PLAIN);
    return net.build();
  }

  private static void block(Blueprint net, String name, Plan plan, int planes, int stride) {
    String from = net.last();
    boolean fits = stride == 1 && net.channels() == (plan.bottleneck ? 4 * planes : planes);
    if (plan.bottleneck) {
      int inner = planes * plan.width / 64 * plan.groups;
      unit(net, name, 1, Blueprint.pointwise(inner));
      unit(net, name, 2, Blueprint.square(inner, 3, stride).withGroups(plan.groups));
      net.unit(name + "conv3", name + "bn3", null, "", Blueprint.pointwise(4 * planes));
    } else {
      unit(net, name, 1, Blueprint.square(planes, 3, stride));
      net.unit(name + "conv2", name + "bn2", null, "", Blueprint.square(planes, 3, 1));
    }
    shortcut(net, name, from, fits, stride);
  }

  /** Adds the block's input, by a convolution where shapes differ. */
  static void shortcut(Blueprint net, String name, String from, boolean fits, int stride) {
    String main = net.last();
    int channels = net.channels();
    String other = from;
    if (!fits) {
      net.from(from);
      Conv2d conv = Blueprint.pointwise(channels).withStride(stride);
      other = net.unit(name + "downsample", conv, null);
    }
    net.join(name + "add", new Add(), main, other);
    net.add(name + "relu", new Relu());
  }

  static void unit(Blueprint net, String name, int number, Conv2d conv) {
    net.unit(name + "conv" + number, name + "bn" + number, new Relu(), name + "relu", conv);
  }
}

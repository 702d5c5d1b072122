package dev.convoy.nn.preset;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Add;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Sigmoid;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * RegNet-X: stages whose widths lie on a line, rounded to steps. A block of width {@code w} has a
 * 3x3 convolution of {@code w / groupWidth} groups between two of 1x1. RegNet-Y has
 * squeeze-and-excitation after it, to a quarter of the channels that come into the block.
 */
final class RegNet {
  private static final int STEM = 32;

  /**
   * The line of a member.
   *
   * @param depth blocks in all
   * @param firstWidth {@code w_0} of the paper
   * @param slope {@code w_a}
   * @param step {@code w_m}
   * @param groupWidth channels of a group, at most
   * @param squeezes whether it is a RegNet-Y
   */
  private record Line(
      int depth, int firstWidth, double slope, double step, int groupWidth, boolean squeezes) {
    /** The width of each block, before it is fitted to the groups. */
    int[] widths() {
      int[] widths = new int[depth];
      for (int i = 0; i < depth; i++) {
        double wanted =
            StrictMath.log((i * slope + firstWidth) / firstWidth) / StrictMath.log(step);
        double stepped = firstWidth * StrictMath.pow(step, Math.rint(wanted));
        widths[i] = (int) (8 * Math.rint(stepped / 8));
      }
      return widths;
    }
  }

  private RegNet() {}

  static List<Preset> presets() {
    List<Preset> all = new ArrayList<>();
    add(all, "regnet_x_400mf", new Line(22, 24, 24.48, 2.54, 16, false));
    add(all, "regnet_x_800mf", new Line(16, 56, 35.73, 2.28, 16, false));
    add(all, "regnet_x_1_6gf", new Line(18, 80, 34.01, 2.25, 24, false));
    add(all, "regnet_x_3_2gf", new Line(25, 88, 26.31, 2.25, 48, false));
    add(all, "regnet_y_400mf", new Line(16, 48, 27.89, 2.09, 8, true));
    add(all, "regnet_y_800mf", new Line(14, 56, 38.84, 2.4, 16, true));
    add(all, "regnet_y_1_6gf", new Line(27, 48, 20.71, 2.65, 24, true));
    add(all, "regnet_y_3_2gf", new Line(21, 80, 42.63, 2.66, 24, true));
    return all;
  }

  private static void add(List<Preset> all, String name, Line line) {
    all.add(
        Preset.imageNet(
            name,
            "Radosavovic et al., CVPR 2020",
            Set.of(),
            (input, classes, choices) -> network(input, classes, line)));
  }

  private static Network network(Shape input, int classes, Line line) {
    Blueprint net = new Blueprint(input, Start.REACH);
    net.unit("stem", Blueprint.square(STEM, 3, 2), new Relu());
    int stage = 0;
    int number = 0;
    int before = 0;
    for (int width : line.widths()) {
      boolean first = width != before;
      stage += first ? 1 : 0;
      number = first ? 0 : number + 1;
      before = width;
      String name = "trunk_output.block" + stage + ".block" + stage + "-" + number + ".";
      block(net, name, width, line, first ? 2 : 1);
    }
    net.pooled();
    net.dense("fc", classes, Start.SMALL);
    return net.build();
  }

  private static void block(Blueprint net, String name, int width, Line line, int stride) {
    String from = net.last();
    int before = net.channels();
    int group = Math.min(line.groupWidth, width);
    int channels = Choices.multiple(width, group);
    boolean fits = stride == 1 && before == channels;
    net.unit(name + "f.a", Blueprint.pointwise(channels), new Relu());
    net.unit(
        name + "f.b",
        Blueprint.square(channels, 3, stride).withGroups(channels / group),
        new Relu());
    if (line.squeezes) {
      int squeezed = (int) Math.rint(0.25 * before);
      SqueezeExcitation.add(net, name + "f.se", squeezed, new Relu(), new Sigmoid());
    }
    String main = net.unit(name + "f.c", Blueprint.pointwise(channels), null);
    String other =
        fits
            ? from
            : net.from(from)
                .unit(name + "proj", Blueprint.pointwise(channels).withStride(stride), null);
    net.join(name + "add", new Add(), other, main);
    net.add(name + "activation", new Relu());
  }
}

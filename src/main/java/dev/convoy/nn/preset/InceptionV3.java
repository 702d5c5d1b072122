package dev.convoy.nn.preset;

import static dev.convoy.nn.preset.GoogLeNet.unit;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.AvgPool2d;
import dev.convoy.nn.layer.Concat;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Size;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Set;

/**
 * Inception-v3 for pictures of 299x299 pixels. The auxiliary head, which serves training alone, is
 * left out.
 */
final class InceptionV3 {
  private InceptionV3() {}

  static List<Preset> presets() {
    return List.of(
        new Preset(
            "inception_v3",
            "Szegedy et al., CVPR 2016",
            Shape.of(3, 299, 299),
            1000,
            Set.of(Preset.Choice.DROPOUT),
            InceptionV3::network));
  }

  private static Network network(Shape input, int classes, Choices choices) {
    Blueprint net = new Blueprint(input, Start.INCEPTION, GoogLeNet.NORM);
    unit(net, "Conv2d_1a_3x3", Conv2d.of(32, 3).withStride(2));
    unit(net, "Conv2d_2a_3x3", Conv2d.of(32, 3));
    unit(net, "Conv2d_2b_3x3", Blueprint.square(64, 3, 1));
    net.add("maxpool1", MaxPool2d.of(3, 2));
    unit(net, "Conv2d_3b_1x1", Conv2d.of(80, 1));
    unit(net, "Conv2d_4a_3x3", Conv2d.of(192, 3));
    net.add("maxpool2", MaxPool2d.of(3, 2));
    squares(net, "Mixed_5b.", 32);
    squares(net, "Mixed_5c.", 64);
    squares(net, "Mixed_5d.", 64);
    firstReduction(net, "Mixed_6a.");
    lines(net, "Mixed_6b.", 128);
    lines(net, "Mixed_6c.", 160);
    lines(net, "Mixed_6d.", 160);
    lines(net, "Mixed_6e.", 192);
    secondReduction(net, "Mixed_7a.");
    spread(net, "Mixed_7b.");
    spread(net, "Mixed_7c.");
    net.pooled();
    net.dropout("dropout", choices.dropoutOr(0.5));
    net.dense("fc", classes, Start.INCEPTION);
    return net.build();
  }

  /** Module A: filters of 1x1 and 5x5, twice 3x3, and means. */
  private static void squares(Blueprint net, String name, int pooled) {
    String from = net.last();
    String one = unit(net, name + "branch1x1", Conv2d.of(64, 1));
    unit(net.from(from), name + "branch5x5_1", Conv2d.of(48, 1));
    String five = unit(net, name + "branch5x5_2", Blueprint.square(64, 5, 1));
    unit(net.from(from), name + "branch3x3dbl_1", Conv2d.of(64, 1));
    unit(net, name + "branch3x3dbl_2", Blueprint.square(96, 3, 1));
    String three = unit(net, name + "branch3x3dbl_3", Blueprint.square(96, 3, 1));
    String means = means(net.from(from), name, pooled);
    net.join(name + "concat", new Concat(), one, five, three, means);
  }

  /** Module B halves the map. */
  private static void firstReduction(Blueprint net, String name) {
    String from = net.last();
    String three = unit(net, name + "branch3x3", Conv2d.of(384, 3).withStride(2));
    unit(net.from(from), name + "branch3x3dbl_1", Conv2d.of(64, 1));
    unit(net, name + "branch3x3dbl_2", Blueprint.square(96, 3, 1));
    String twice = unit(net, name + "branch3x3dbl_3", Conv2d.of(96, 3).withStride(2));
    String largest = net.from(from).add(name + "branch_pool", MaxPool2d.of(3, 2));
    net.join(name + "concat", new Concat(), three, twice, largest);
  }

  /** Module C: filters of one row or one column of seven. */
  private static void lines(Blueprint net, String name, int c) {
    String from = net.last();
    String one = unit(net, name + "branch1x1", Conv2d.of(192, 1));
    unit(net.from(from), name + "branch7x7_1", Conv2d.of(c, 1));
    unit(net, name + "branch7x7_2", line(c, 1, 7));
    String seven = unit(net, name + "branch7x7_3", line(192, 7, 1));
    unit(net.from(from), name + "branch7x7dbl_1", Conv2d.of(c, 1));
    unit(net, name + "branch7x7dbl_2", line(c, 7, 1));
    unit(net, name + "branch7x7dbl_3", line(c, 1, 7));
    unit(net, name + "branch7x7dbl_4", line(c, 7, 1));
    String twice = unit(net, name + "branch7x7dbl_5", line(192, 1, 7));
    String means = means(net.from(from), name, 192);
    net.join(name + "concat", new Concat(), one, seven, twice, means);
  }

  /** Module D halves the map once more. */
  private static void secondReduction(Blueprint net, String name) {
    String from = net.last();
    unit(net, name + "branch3x3_1", Conv2d.of(192, 1));
    String three = unit(net, name + "branch3x3_2", Conv2d.of(320, 3).withStride(2));
    unit(net.from(from), name + "branch7x7x3_1", Conv2d.of(192, 1));
    unit(net, name + "branch7x7x3_2", line(192, 1, 7));
    unit(net, name + "branch7x7x3_3", line(192, 7, 1));
    String seven = unit(net, name + "branch7x7x3_4", Conv2d.of(192, 3).withStride(2));
    String largest = net.from(from).add(name + "branch_pool", MaxPool2d.of(3, 2));
    net.join(name + "concat", new Concat(), three, seven, largest);
  }

  /** Module E: its filters of 3x3 are a row and a column side by side. */
  private static void spread(Blueprint net, String name) {
    String from = net.last();
    String one = unit(net, name + "branch1x1", Conv2d.of(320, 1));
    unit(net.from(from), name + "branch3x3_1", Conv2d.of(384, 1));
    String three = pair(net, name + "branch3x3_2");
    unit(net.from(from), name + "branch3x3dbl_1", Conv2d.of(448, 1));
    unit(net, name + "branch3x3dbl_2", Blueprint.square(384, 3, 1));
    String twice = pair(net, name + "branch3x3dbl_3");
    String means = means(net.from(from), name, 192);
    net.join(name + "concat", new Concat(), one, three, twice, means);
  }

  private static String pair(Blueprint net, String name) {
    String from = net.last();
    String row = unit(net, name + "a", line(384, 1, 3));
    String column = unit(net.from(from), name + "b", line(384, 3, 1));
    return net.join(name + "_concat", new Concat(), row, column);
  }

  private static String means(Blueprint net, String name, int filters) {
    net.add(
        name + "avgpool", new AvgPool2d(Size.of(3), Size.of(1), Padding.of(1), false, null, null));
    return unit(net, name + "branch_pool", Conv2d.of(filters, 1));
  }

  private static Conv2d line(int filters, int height, int width) {
    Size kernel = new Size(height, width);
    Padding border = Padding.of(height / 2, width / 2);
    return new Conv2d(filters, kernel, null, border, null, null, null, null);
  }
}

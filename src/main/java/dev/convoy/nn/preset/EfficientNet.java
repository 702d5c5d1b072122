package dev.convoy.nn.preset;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Add;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Sigmoid;
import dev.convoy.nn.layer.Silu;
import dev.convoy.nn.layer.StochasticDepth;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Set;

/**
 * EfficientNet-B0 to B4, and EfficientNet-V2-S, whose first stages convolve all channels at once.
 */
final class EfficientNet {
  /** A stage each: whether its blocks are fused, factor, kernel, stride, channels, blocks. */
  private static final int[][] FIRST = {
    {0, 1, 3, 1, 16, 1},
    {0, 6, 3, 2, 24, 2},
    {0, 6, 5, 2, 40, 2},
    {0, 6, 3, 2, 80, 3},
    {0, 6, 5, 1, 112, 3},
    {0, 6, 5, 2, 192, 4},
    {0, 6, 3, 1, 320, 1}
  };

  private static final int[][] SECOND_SMALL = {
    {1, 1, 3, 1, 24, 2},
    {1, 4, 3, 2, 48, 4},
    {1, 4, 3, 2, 64, 4},
    {0, 4, 3, 2, 128, 6},
    {0, 6, 3, 1, 160, 9},
    {0, 6, 3, 2, 256, 15}
  };

  /** Blocks of a residual stage are dropped with up to this probability, growing with depth. */
  private static final float DROPPED = 0.2f;

  /**
   * What tells the members apart.
   *
   * @param stem channels of the first convolution
   * @param last channels of the last; 0 for four times those before it
   */
  private record Plan(
      int[][] stages, int stem, int last, double width, double depth, BatchNorm2d norm) {}

  private EfficientNet() {}

  static List<Preset> presets() {
    BatchNorm2d norm = new BatchNorm2d();
    BatchNorm2d second = new BatchNorm2d(1e-3f, null, null);
    return List.of(
        preset("efficientnet_b0", 0.2, new Plan(FIRST, 32, 0, 1, 1, norm)),
        preset("efficientnet_b1", 0.2, new Plan(FIRST, 32, 0, 1, 1.1, norm)),
        preset("efficientnet_b2", 0.3, new Plan(FIRST, 32, 0, 1.1, 1.2, norm)),
        preset("efficientnet_b3", 0.3, new Plan(FIRST, 32, 0, 1.2, 1.4, norm)),
        preset("efficientnet_b4", 0.4, new Plan(FIRST, 32, 0, 1.4, 1.8, norm)),
        preset("efficientnet_v2_s", 0.2, new Plan(SECOND_SMALL, 24, 1280, 1, 1, second)));
  }

  private static Preset preset(String name, double dropout, Plan plan) {
    return Preset.imageNet(
        name,
        name.contains("v2") ? "Tan and Le, ICML 2021" : "Tan and Le, ICML 2019",
        Set.of(Preset.Choice.DROPOUT),
        (input, classes, choices) -> network(input, classes, choices.dropoutOr(dropout), plan));
  }

  private static Network network(Shape input, int classes, float dropout, Plan plan) {
    Blueprint net = new Blueprint(input, Start.REACH, plan.norm);
    net.unit(
        "features.0", Blueprint.square(Choices.channels(plan.stem * plan.width), 3, 2), new Silu());
    int total = 0;
    for (int[] stage : plan.stages) {
      total += blocks(stage, plan);
    }
    int number = 0;
    int at = 1;
    for (int[] stage : plan.stages) {
      int channels = Choices.channels(stage[4] * plan.width);
      for (int i = 0; i < blocks(stage, plan); i++) {
        String name = "features." + at + "." + i + ".";
        float dropped = DROPPED * number++ / total;
        block(net, name, stage, channels, i == 0 ? stage[3] : 1, dropped);
      }
      at++;
    }
    int last = plan.last == 0 ? 4 * net.channels() : plan.last;
    net.unit("features." + at, Blueprint.pointwise(last), new Silu());
    net.pooled();
    net.dropout("classifier.0", dropout);
    net.dense("classifier.1", classes, Start.byClasses(1, classes));
    return net.build();
  }

  private static int blocks(int[] stage, Plan plan) {
    return (int) Math.ceil(stage[5] * plan.depth);
  }

  private static void block(
      Blueprint net, String name, int[] stage, int channels, int stride, float dropped) {
    String from = net.last();
    int before = net.channels();
    int expanded = Choices.channels(before * (double) stage[1]);
    boolean residual = stride == 1 && before == channels;
    if (stage[0] == 1) {
      fused(net, name + "block.", expanded, stage[2], channels, stride);
    } else {
      int at = 0;
      if (expanded != before) {
        net.unit(name + "block." + at++, Blueprint.pointwise(expanded), new Silu());
      }
      net.unit(name + "block." + at++, Blueprint.depthwise(expanded, stage[2], stride), new Silu());
      int squeezed = Math.max(1, before / 4);
      SqueezeExcitation.add(net, name + "block." + at++, squeezed, new Silu(), new Sigmoid());
      net.unit(name + "block." + at, Blueprint.pointwise(channels), null);
    }
    if (residual) {
      if (dropped > 0) {
        net.add(name + "stochastic_depth", new StochasticDepth(dropped));
      }
      net.join(name + "add", new Add(), net.last(), from);
    }
  }

  private static void fused(
      Blueprint net, String name, int expanded, int kernel, int channels, int stride) {
    if (expanded == net.channels()) {
      net.unit(name + "0", Blueprint.square(channels, kernel, stride), new Silu());
    } else {
      net.unit(name + "0", Blueprint.square(expanded, kernel, stride), new Silu());
      net.unit(name + "1", Blueprint.pointwise(channels), null);
    }
  }
}

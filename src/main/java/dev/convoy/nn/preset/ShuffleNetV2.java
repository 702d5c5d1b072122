package dev.convoy.nn.preset;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.ChannelShuffle;
import dev.convoy.nn.layer.Concat;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Slice;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** ShuffleNet-v2: half of the channels pass a block unchanged, and all are shuffled after it. */
final class ShuffleNetV2 {
  private static final int[] REPEATS = {4, 8, 4};

  private ShuffleNetV2() {}

  static List<Preset> presets() {
    return List.of(
        preset("shufflenet_v2_x0_5", 48, 96, 192, 1024),
        preset("shufflenet_v2_x1_0", 116, 232, 464, 1024),
        preset("shufflenet_v2_x1_5", 176, 352, 704, 1024),
        preset("shufflenet_v2_x2_0", 244, 488, 976, 2048));
  }

  private static Preset preset(String name, int... channels) {
    return Preset.imageNet(
        name,
        "Ma et al., ECCV 2018",
        Set.of(),
        (input, classes, choices) -> network(input, classes, channels));
  }

  private static Network network(Shape input, int classes, int[] channels) {
    Blueprint net = new Blueprint(input, Start.PLAIN);
    unit(net, "conv1.", 0, Blueprint.square(24, 3, 2), new Relu());
    net.add("maxpool", MaxPool2d.of(3, 2).withPadding(Padding.of(1)));
    for (int stage = 0; stage < REPEATS.length; stage++) {
      for (int i = 0; i < REPEATS[stage]; i++) {
        block(net, "stage" + (stage + 2) + "." + i + ".", channels[stage] / 2, i == 0);
      }
    }
    unit(net, "conv5.", 0, Conv2d.of(channels[REPEATS.length], 1), new Relu());
    net.pooled();
    net.dense("fc", classes, Start.PLAIN);
    return net.build();
  }

  private static void block(Blueprint net, String name, int half, boolean halves) {
    String from = net.last();
    int channels = net.channels();
    String other;
    if (halves) {
      unit(net, name + "branch1.", 0, Blueprint.depthwise(channels, 3, 2), null);
      other = unit(net, name + "branch1.", 2, Conv2d.of(half, 1), new Relu());
      net.from(from);
    } else {
      other = net.add(name + "slice1", new Slice(0, half));
      net.from(from).add(name + "slice2", new Slice(half, null));
    }
    unit(net, name + "branch2.", 0, Conv2d.of(half, 1), new Relu());
    unit(net, name + "branch2.", 3, Blueprint.depthwise(half, 3, halves ? 2 : 1), null);
    String main = unit(net, name + "branch2.", 5, Conv2d.of(half, 1), new Relu());
    net.join(name + "concat", new Concat(), other, main);
    net.add(name + "shuffle", new ChannelShuffle(2));
  }

  private static String unit(
      Blueprint net, String name, int at, Conv2d conv, @Nullable Relu activation) {
    return net.unit(name + at, name + (at + 1), activation, name + (at + 2), conv);
  }
}

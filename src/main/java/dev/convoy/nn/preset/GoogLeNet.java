package dev.convoy.nn.preset;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Concat;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Size;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Set;

/**
 * GoogLeNet with batch normalisation, as torchvision has it: its branch of 5x5 filters has 3x3
 * ones. The auxiliary heads, which serve training alone, are left out.
 */
final class GoogLeNet {
  /** How torchvision's port from TensorFlow normalises. */
  static final BatchNorm2d NORM = new BatchNorm2d(1e-3f, null, null);

  private GoogLeNet() {}

  static List<Preset> presets() {
    return List.of(
        Preset.imageNet(
            "googlenet",
            "Szegedy et al., CVPR 2015",
            Set.of(Preset.Choice.DROPOUT),
            GoogLeNet::network));
  }

  private static Network network(Shape input, int classes, Choices choices) {
    Blueprint net = new Blueprint(input, Start.GOOGLENET, NORM);
    unit(net, "conv1", Blueprint.square(64, 7, 2));
    pool(net, "maxpool1", 3);
    unit(net, "conv2", Conv2d.of(64, 1));
    unit(net, "conv3", Blueprint.square(192, 3, 1));
    pool(net, "maxpool2", 3);
    inception(net, "inception3a", 64, 96, 128, 16, 32, 32);
    inception(net, "inception3b", 128, 128, 192, 32, 96, 64);
    pool(net, "maxpool3", 3);
    inception(net, "inception4a", 192, 96, 208, 16, 48, 64);
    inception(net, "inception4b", 160, 112, 224, 24, 64, 64);
    inception(net, "inception4c", 128, 128, 256, 24, 64, 64);
    inception(net, "inception4d", 112, 144, 288, 32, 64, 64);
    inception(net, "inception4e", 256, 160, 320, 32, 128, 128);
    pool(net, "maxpool4", 2);
    inception(net, "inception5a", 256, 160, 320, 32, 128, 128);
    inception(net, "inception5b", 384, 192, 384, 48, 128, 128);
    net.pooled();
    net.dropout("dropout", choices.dropoutOr(0.2));
    net.dense("fc", classes, Start.GOOGLENET);
    return net.build();
  }

  /** Adds a convolution, its normalisation and a rectifier, named as torchvision names them. */
  static String unit(Blueprint net, String name, Conv2d conv) {
    return net.unit(name + ".conv", name + ".bn", new Relu(), name + ".relu", conv);
  }

  private static void pool(Blueprint net, String name, int kernel) {
    net.add(name, new MaxPool2d(Size.of(kernel), Size.of(2), null, null, true));
  }

  private static void inception(Blueprint net, String name, int... c) {
    String from = net.last();
    String one = unit(net, name + ".branch1", Conv2d.of(c[0], 1));
    unit(net.from(from), name + ".branch2.0", Conv2d.of(c[1], 1));
    String two = unit(net, name + ".branch2.1", Blueprint.square(c[2], 3, 1));
    unit(net.from(from), name + ".branch3.0", Conv2d.of(c[3], 1));
    String three = unit(net, name + ".branch3.1", Blueprint.square(c[4], 3, 1));
    net.from(from)
        .add(name + ".branch4.0", new MaxPool2d(Size.of(3), Size.of(1), Padding.of(1), null, true));
    String four = unit(net, name + ".branch4.1", Conv2d.of(c[5], 1));
    net.join(name + ".concat", new Concat(), one, two, three, four);
  }
}

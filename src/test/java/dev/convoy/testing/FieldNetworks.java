package dev.convoy.testing;

import dev.convoy.nn.Network;
import dev.convoy.nn.NetworkBuilder;
import dev.convoy.nn.layer.Add;
import dev.convoy.nn.layer.AvgPool2d;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Concat;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Dropout;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.GlobalAvgPool2d;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Relu6;
import dev.convoy.nn.layer.Size;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Networks of the field on pictures, of as many parameters as torchvision's. */
public final class FieldNetworks {
  private static final int CLASSES = 1000;

  private final NetworkBuilder builder;
  private int layers;

  /** Channels of the layer added last. */
  private int channels = 3;

  private FieldNetworks(int side) {
    builder = new NetworkBuilder(Shape.of(3, side, side));
  }

  /** Returns the network of a name: mobilenet-v2, resnet-18, resnet-50 or inception-v3. */
  public static Network named(String name) {
    return switch (name) {
      case "mobilenet-v2" -> mobilenetV2();
      case "resnet-18" -> resnet18();
      case "resnet-50" -> resnet50();
      case "inception-v3" -> inceptionV3();
      default -> throw new IllegalArgumentException("no network is named " + name);
    };
  }

  /** MobileNet-v2 on 3x224x224: 3,504,872 parameters. Source: Sandler et al., CVPR 2018. */
  public static Network mobilenetV2() {
    FieldNetworks of = new FieldNetworks(224);
    String x = of.normalized(Network.INPUT, 32, 3, 2, 1, new Relu6());
    int[][] stages = {
      {1, 16, 1, 1},
      {6, 24, 2, 2},
      {6, 32, 3, 2},
      {6, 64, 4, 2},
      {6, 96, 3, 1},
      {6, 160, 3, 2},
      {6, 320, 1, 1}
    };
    for (int[] stage : stages) {
      for (int block = 0; block < stage[2]; block++) {
        x = of.inverted(x, stage[0], stage[1], block == 0 ? stage[3] : 1);
      }
    }
    x = of.normalized(x, 1280, 1, 1, 1, new Relu6());
    return of.headed(x);
  }

  private String inverted(String input, int expansion, int filters, int stride) {
    int before = channels;
    int wide = before * expansion;
    String x = expansion == 1 ? input : normalized(input, wide, 1, 1, 1, new Relu6());
    x = normalized(x, wide, 3, stride, wide, new Relu6());
    x = normalized(x, filters, 1, 1, 1, null);
    return stride == 1 && before == filters ? add(new Add(), x, input) : x;
  }

  /** ResNet-18 on 3x224x224: 11,689,512 parameters. Source: He et al., CVPR 2016. */
  public static Network resnet18() {
    return resnet(false, 2, 2, 2, 2);
  }

  /** ResNet-50 on 3x224x224, strides as torchvision has them: 25,557,032 parameters. */
  public static Network resnet50() {
    return resnet(true, 3, 4, 6, 3);
  }

  private static Network resnet(boolean bottlenecks, int... depths) {
    FieldNetworks of = new FieldNetworks(224);
    String x = of.normalized(Network.INPUT, 64, 7, 2, 1, new Relu());
    x = of.add(new MaxPool2d(Size.of(3), Size.of(2), Padding.of(1), null, false), x);
    for (int stage = 0; stage < depths.length; stage++) {
      for (int block = 0; block < depths[stage]; block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        x = of.residual(x, 64 << stage, stride, bottlenecks);
      }
    }
    return of.headed(x);
  }

  private String residual(String input, int width, int stride, boolean bottleneck) {
    int before = channels;
    int filters = bottleneck ? 4 * width : width;
    String x = input;
    if (bottleneck) {
      x = normalized(x, width, 1, 1, 1, new Relu());
      x = normalized(x, width, 3, stride, 1, new Relu());
      x = normalized(x, filters, 1, 1, 1, null);
    } else {
      x = normalized(x, width, 3, stride, 1, new Relu());
      x = normalized(x, width, 3, 1, 1, null);
    }
    String shortcut = input;
    if (stride > 1 || before != filters) {
      channels = before;
      shortcut = normalized(input, filters, 1, stride, 1, null);
    }
    return add(new Relu(), add(new Add(), x, shortcut));
  }

  /**
   * Inception-v3 on 3x299x299 without its auxiliary head: 23,834,568 parameters. Source: Szegedy et
   * al., CVPR 2016.
   */
  public static Network inceptionV3() {
    FieldNetworks of = new FieldNetworks(299);
    String x = of.unpadded(Network.INPUT, 32, 3, 2);
    x = of.unpadded(x, 32, 3, 1);
    x = of.padded(x, 64, 3, 3);
    x = of.add(MaxPool2d.of(3, 2), x);
    x = of.unpadded(x, 80, 1, 1);
    x = of.unpadded(x, 192, 3, 1);
    x = of.add(MaxPool2d.of(3, 2), x);
    for (int pooled : new int[] {32, 64, 64}) {
      int in = of.channels;
      String a = of.at(in).padded(x, 64, 1, 1);
      String b = of.padded(of.at(in).padded(x, 48, 1, 1), 64, 5, 5);
      String c = of.padded(of.padded(of.at(in).padded(x, 64, 1, 1), 96, 3, 3), 96, 3, 3);
      String d = of.at(in).padded(of.pooled(x), pooled, 1, 1);
      x = of.joined(64 + 64 + 96 + pooled, a, b, c, d);
    }
    int in = of.channels;
    String half = of.at(in).unpadded(x, 384, 3, 2);
    String deep = of.padded(of.at(in).padded(x, 64, 1, 1), 96, 3, 3);
    deep = of.unpadded(deep, 96, 3, 2);
    x = of.joined(384 + 96 + in, half, deep, of.add(MaxPool2d.of(3, 2), x));
    for (int width : new int[] {128, 160, 160, 192}) {
      x = of.asymmetric(x, width);
    }
    in = of.channels;
    half = of.unpadded(of.at(in).padded(x, 192, 1, 1), 320, 3, 2);
    deep = of.padded(of.padded(of.at(in).padded(x, 192, 1, 1), 192, 1, 7), 192, 7, 1);
    deep = of.unpadded(deep, 192, 3, 2);
    x = of.joined(320 + 192 + in, half, deep, of.add(MaxPool2d.of(3, 2), x));
    x = of.widest(of.widest(x));
    return of.headed(x);
  }

  private String asymmetric(String x, int width) {
    int in = channels;
    String a = at(in).padded(x, 192, 1, 1);
    String b = padded(padded(at(in).padded(x, width, 1, 1), width, 1, 7), 192, 7, 1);
    String c = padded(padded(at(in).padded(x, width, 1, 1), width, 7, 1), width, 1, 7);
    c = padded(padded(c, width, 7, 1), 192, 1, 7);
    return joined(4 * 192, a, b, c, at(in).padded(pooled(x), 192, 1, 1));
  }

  private String widest(String x) {
    int in = channels;
    String a = at(in).padded(x, 320, 1, 1);
    String b = at(in).padded(x, 384, 1, 1);
    String c = padded(at(in).padded(x, 448, 1, 1), 384, 3, 3);
    String d = at(in).padded(pooled(x), 192, 1, 1);
    List<String> parts = new ArrayList<>(List.of(a));
    for (String part : List.of(b, c)) {
      parts.add(at(384).padded(part, 384, 1, 3));
      parts.add(at(384).padded(part, 384, 3, 1));
    }
    parts.add(d);
    return joined(2048, parts.toArray(String[]::new));
  }

  private String pooled(String x) {
    Padding one = Padding.of(1);
    return add(new AvgPool2d(Size.of(3), Size.of(1), one, false, true, null), x);
  }

  private FieldNetworks at(int before) {
    channels = before;
    return this;
  }

  private String joined(int together, String... parts) {
    channels = together;
    return add(new Concat(), parts);
  }

  private String unpadded(String input, int filters, int kernel, int stride) {
    return rectified(input, Conv2d.of(filters, kernel).withStride(stride));
  }

  private String padded(String input, int filters, int height, int width) {
    Size kernel = new Size(height, width);
    return rectified(
        input, new Conv2d(filters, kernel, null, Padding.SAME, null, null, false, null));
  }

  private String rectified(String input, Conv2d conv) {
    channels = conv.filters();
    return add(new Relu(), add(new BatchNorm2d(), add(conv.withoutBias(), input)));
  }

  private String normalized(
      String input, int filters, int kernel, int stride, int groups, Layer activation) {
    channels = filters;
    Conv2d conv =
        Conv2d.of(filters, kernel)
            .withStride(stride)
            .withPadding(Padding.of(kernel / 2))
            .withGroups(groups)
            .withoutBias();
    String x = add(new BatchNorm2d(), add(conv, input));
    return activation == null ? x : add(activation, x);
  }

  private Network headed(String x) {
    String flat = add(new Flatten(), add(new GlobalAvgPool2d(), x));
    add(Dense.of(CLASSES), add(new Dropout(0.2f), flat));
    return builder.build();
  }

  private String add(Layer layer, String... inputs) {
    String name = "layer" + ++layers;
    builder.add(name, layer, inputs);
    return name;
  }
}

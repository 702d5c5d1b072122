package dev.convoy.nn.replica.fusion;

import dev.convoy.nn.NamedLayer;
import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Add;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Dropout;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Size;
import dev.convoy.nn.replica.Replica;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Bits;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LaneBatch;
import dev.convoy.testing.RandomSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a neighbour does along with its own work gives what each layer's own work gives, to the bit.
 */
class NeighboursTest {
  private static final Shape INPUT = Shape.of(2, 9, 7);

  /** A value that is read twice, windows that overlap and reach over the border, and joins. */
  private static Network network() {
    MaxPool2d overlapping = new MaxPool2d(Size.of(3), Size.of(2), Padding.of(1), null, false);
    return Network.of(
        INPUT,
        List.of(
            NamedLayer.of("conv1", Conv2d.of(5, 3).withPadding(Padding.SAME)),
            NamedLayer.of("norm1", new BatchNorm2d()),
            NamedLayer.of("byNorm1", new Relu()),
            NamedLayer.of("conv2", Conv2d.of(5, 3).withPadding(Padding.SAME)),
            NamedLayer.of("norm2", new BatchNorm2d()),
            NamedLayer.of("alone", new Relu()),
            NamedLayer.of("sum", new Add(), "alone", "norm2", "byNorm1"),
            NamedLayer.of("norm3", new BatchNorm2d()),
            NamedLayer.of("residual1", new Add(), "norm3", "sum"),
            NamedLayer.of("bySum1", new Relu()),
            NamedLayer.of("conv4", Conv2d.of(5, 3).withPadding(Padding.SAME), "bySum1"),
            NamedLayer.of("norm4", new BatchNorm2d()),
            NamedLayer.of("conv5", Conv2d.of(5, 1), "bySum1"),
            NamedLayer.of("norm5", new BatchNorm2d(1e-3f, 0.2f, false)),
            NamedLayer.of("residual2", new Add(), "norm4", "norm5"),
            NamedLayer.of("conv6", Conv2d.of(5, 3).withPadding(Padding.SAME), "residual2"),
            NamedLayer.of("norm6", new BatchNorm2d()),
            NamedLayer.of("residual3", new Add(), "residual2", "norm6"),
            NamedLayer.of("bySum2", new Relu()),
            NamedLayer.of("conv7", Conv2d.of(5, 3).withPadding(Padding.SAME), "bySum2"),
            NamedLayer.of("norm7", new BatchNorm2d()),
            NamedLayer.of("twice", new Add(), "norm7", "norm7"),
            NamedLayer.of("byPool1", new Relu()),
            NamedLayer.of("pool1", overlapping),
            NamedLayer.of("drop", new Dropout(0.3f)),
            NamedLayer.of("conv3", Conv2d.of(4, 3).withPadding(Padding.SAME)),
            NamedLayer.of("byPool2", new Relu()),
            NamedLayer.of("pool2", MaxPool2d.of(2, 2)),
            NamedLayer.of("flat", new Flatten()),
            NamedLayer.of("fc", Dense.of(6))));
  }

  /** Convolutions that pool what they give. */
  private static Network pooling() {
    MaxPool2d overlapping = new MaxPool2d(Size.of(3), Size.of(2), Padding.of(1), null, false);
    return Network.of(
        INPUT,
        List.of(
            NamedLayer.of("conv1", Conv2d.of(21, 3).withPadding(Padding.SAME)),
            NamedLayer.of("relu", new Relu()),
            NamedLayer.of("pool1", MaxPool2d.of(2, 2)),
            NamedLayer.of("conv2", Conv2d.of(6, 3).withPadding(Padding.of(1)), "input"),
            NamedLayer.of("pool2", overlapping),
            NamedLayer.of("flat1", new Flatten(), "pool1"),
            NamedLayer.of("flat2", new Flatten(), "pool2"),
            NamedLayer.of("fc1", Dense.of(6), "flat1"),
            NamedLayer.of("fc2", Dense.of(6), "flat2"),
            NamedLayer.of("sum", new Add(), "fc1", "fc2")));
  }

  /** Convolutions by Winograd's algorithm that pool what they give, and one whose pool overlaps. */
  private static Network poolingTiles() {
    MaxPool2d overlapping = new MaxPool2d(Size.of(3), Size.of(1), Padding.of(1), null, false);
    return Network.of(
        INPUT,
        List.of(
            NamedLayer.of("wide", Conv2d.of(16, 3).withPadding(Padding.of(4))),
            NamedLayer.of("conv1", Conv2d.of(17, 3).withPadding(Padding.of(1, 1, 0, 2))),
            NamedLayer.of("relu1", new Relu()),
            NamedLayer.of("pool1", MaxPool2d.of(2, 2)),
            NamedLayer.of("conv2", Conv2d.of(16, 3).withPadding(Padding.SAME)),
            NamedLayer.of("pool2", overlapping),
            NamedLayer.of("conv3", Conv2d.of(20, 3).withPadding(Padding.of(2, 1, 1, 2))),
            NamedLayer.of("pool3", MaxPool2d.of(2, 2)),
            NamedLayer.of("flat", new Flatten()),
            NamedLayer.of("fc", Dense.of(6))));
  }

  /** Convolutions by Winograd's algorithm behind batch normalisations. */
  private static Network normalizing() {
    Conv2d sixteen = Conv2d.of(16, 3).withPadding(Padding.SAME);
    return Network.of(
        INPUT,
        List.of(
            NamedLayer.of("conv1", Conv2d.of(16, 3).withPadding(Padding.of(2, 2, 1, 1))),
            NamedLayer.of("norm1", new BatchNorm2d()),
            NamedLayer.of("relu1", new Relu()),
            NamedLayer.of("conv2", Conv2d.of(20, 3).withPadding(Padding.of(1))),
            NamedLayer.of("norm2", new BatchNorm2d(1e-3f, 0.2f, false)),
            NamedLayer.of("conv3", sixteen),
            NamedLayer.of("twice", new BatchNorm2d()),
            NamedLayer.of("conv4", sixteen, "twice"),
            NamedLayer.of("both", new Add(), "conv4", "twice"),
            NamedLayer.of("norm3", new BatchNorm2d(), "both"),
            NamedLayer.of("relu3", new Relu()),
            NamedLayer.of("conv5", sixteen),
            NamedLayer.of("sum", new Add(), "conv5", "both"),
            NamedLayer.of("norm4", new BatchNorm2d()),
            NamedLayer.of("relu4", new Relu()),
            NamedLayer.of("conv6", sixteen),
            NamedLayer.of("pool", MaxPool2d.of(2, 2)),
            NamedLayer.of("flat", new Flatten()),
            NamedLayer.of("fc", Dense.of(6))));
  }

  static Stream<Arguments> kernelsAndBatches() {
    return Stream.of(KernelsUnderTest.values())
        .flatMap(kernels -> Stream.of(1, 16, 21, 33).map(images -> Arguments.of(kernels, images)));
  }

  @ParameterizedTest
  @MethodSource("kernelsAndBatches")
  void anothersWorkGivesTheSameBits(KernelsUnderTest kernels, int images) {
    Network network = network();
    Replica joined = new Replica(network, images, kernels.create(), Replica.Extra.INPUT_GRADIENT);
    Replica each = each(network, images, kernels);
    String again = assertSameBits(each, joined);
    // Else nothing would be joined, and nothing compared.
    for (String name : List.of("norm3", "norm4", "norm5", "norm6", "bySum1", "byNorm1")) {
      assertJoined(each, joined, name);
    }
    int twice = number(network, "norm7");
    Assertions.assertNotSame(joined.value(twice - 1), joined.value(twice), "read twice");
    Bits.assertSame(inputGradient(each, images), inputGradient(joined, images), again + "input");
  }

  @ParameterizedTest
  @MethodSource("kernelsAndBatches")
  void convolutionsThatPoolGiveTheSameBits(KernelsUnderTest kernels, int images) {
    Network network = pooling();
    Replica joined = new Replica(network, images, kernels.create());
    Replica each =
        new Replica(
            network,
            images,
            kernels.create(),
            Replica.Extra.ALL_VALUES,
            Replica.Extra.ALL_GRADIENTS);
    assertSameBits(each, joined);
    assertJoined(each, joined, "relu");
    assertJoined(each, joined, "pool1");
    assertJoined(each, joined, "pool2");
  }

  @ParameterizedTest
  @MethodSource("kernelsAndBatches")
  void tilesThatPoolGiveTheSameBits(KernelsUnderTest kernels, int images) {
    Network network = poolingTiles();
    Replica joined = new Replica(network, images, kernels.create(), Replica.Extra.INPUT_GRADIENT);
    Replica each = each(network, images, kernels);
    String again = assertSameBits(each, joined);
    assertJoined(each, joined, "relu1");
    assertJoined(each, joined, "pool1");
    assertJoined(each, joined, "pool3");
    int overlapping = number(network, "pool2");
    Assertions.assertNotSame(joined.value(overlapping), joined.value(overlapping + 1), "overlap");
    Bits.assertSame(inputGradient(each, images), inputGradient(joined, images), again + "input");
  }

  @ParameterizedTest
  @MethodSource("kernelsAndBatches")
  void convolutionsThatNormalizeGiveTheSameBits(KernelsUnderTest kernels, int images) {
    Network network = normalizing();
    Replica joined = new Replica(network, images, kernels.create(), Replica.Extra.INPUT_GRADIENT);
    Replica each = each(network, images, kernels);
    String again = assertSameBits(each, joined);
    for (String name : List.of("norm1", "relu1", "norm2", "norm3", "relu3")) {
      assertJoined(each, joined, name);
    }
    for (String name : List.of("twice", "norm4")) {
      int own = number(network, name);
      Assertions.assertNotSame(joined.value(own - 1), joined.value(own), name);
    }
    Bits.assertSame(inputGradient(each, images), inputGradient(joined, images), again + "input");
  }

  /** A replica whose layers each do their own work. */
  private static Replica each(Network network, int images, KernelsUnderTest kernels) {
    return new Replica(
        network,
        images,
        kernels.create(),
        Replica.Extra.ALL_VALUES,
        Replica.Extra.ALL_GRADIENTS,
        Replica.Extra.INPUT_GRADIENT);
  }

  private static String assertSameBits(Replica each, Replica joined) {
    RandomSource random = new RandomSource("neighbours");
    Network network = each.network();
    int images = each.batchSize();
    float[] x = LaneBatch.toLanes(random.normal(images * INPUT.size()), images);
    float[] above = LaneBatch.toLanes(random.normal(images * 6), images);
    for (Replica replica : List.of(joined, each)) {
      replica.use(network.initialWeights(3));
      System.arraycopy(x, 0, replica.input(), 0, x.length);
      replica.forwardTraining(images, 11);
      System.arraycopy(above, 0, replica.outputGradient(), 0, above.length);
      replica.backward();
    }
    String again = random.again();
    Bits.assertSame(each.gradients(), joined.gradients(), again + "gradients");
    Bits.assertSame(each.buffers(), joined.buffers(), again + "buffers");
    Bits.assertSame(each.output(), joined.output(), again + "output");
    joined.forward(images);
    each.forward(images);
    Bits.assertSame(each.output(), joined.output(), again + "output in use");
    return again;
  }

  /** A node's output is what it reads, unless it does its own work. */
  private static void assertJoined(Replica each, Replica joined, String name) {
    int node = number(each.network(), name);
    int source = each.network().nodes().get(node).source() - 1;
    Assertions.assertSame(joined.value(source), joined.value(node), name);
    Assertions.assertNotSame(each.value(source), each.value(node), name);
  }

  private static int number(Network network, String name) {
    List<String> names = network.nodes().stream().map(Node::name).toList();
    return names.indexOf(name);
  }

  private static float[] inputGradient(Replica replica, int images) {
    return LaneBatch.fromLanes(replica.inputGradient(), images, INPUT.size());
  }
}

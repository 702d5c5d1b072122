package dev.convoy.nn.replica.fusion;

import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.replica.Replica;
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
class FusionTest {
  static Stream<Arguments> kernelsAndBatches() {
    return Stream.of(KernelsUnderTest.values())
        .flatMap(kernels -> Stream.of(1, 16, 21, 33).map(images -> Arguments.of(kernels, images)));
  }

  @ParameterizedTest
  @MethodSource("kernelsAndBatches")
  void anothersWorkGivesTheSameBits(KernelsUnderTest kernels, int images) {
    Network network = FusedNetworks.residual();
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
    Network network = FusedNetworks.pooling();
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
    Network network = FusedNetworks.poolingTiles();
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
    Network network = FusedNetworks.normalizing();
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
    RandomSource random = new RandomSource("fusion");
    Network network = each.network();
    int images = each.batchSize();
    float[] x = LaneBatch.toLanes(random.normal(images * FusedNetworks.INPUT.size()), images);
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
    return LaneBatch.fromLanes(replica.inputGradient(), images, FusedNetworks.INPUT.size());
  }
}

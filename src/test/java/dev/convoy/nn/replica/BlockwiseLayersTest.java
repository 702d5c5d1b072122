package dev.convoy.nn.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.nn.NamedLayer;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Add;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Dropout;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Relu;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Bits;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LaneBatch;
import dev.convoy.testing.RandomSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers that are run block by block in use give what they give for all images at once. */
class BlockwiseLayersTest {
  private static final Shape INPUT = Shape.of(2, 8, 8);

  private static final List<NamedLayer> CONVOLUTIONS =
      List.of(
          NamedLayer.of("conv1", Conv2d.of(16, 3).withPadding(Padding.SAME)),
          NamedLayer.of("norm1", new BatchNorm2d()),
          NamedLayer.of("relu1", new Relu()),
          NamedLayer.of("conv2", Conv2d.of(16, 3).withPadding(Padding.SAME)),
          NamedLayer.of("norm2", new BatchNorm2d()),
          NamedLayer.of("sum", new Add(), "norm2", "relu1"),
          NamedLayer.of("relu2", new Relu()),
          NamedLayer.of("pool", MaxPool2d.of(2, 2)),
          NamedLayer.of("drop", new Dropout(0.4f)));

  private static Network with(NamedLayer... more) {
    List<NamedLayer> layers = new ArrayList<>(CONVOLUTIONS);
    layers.addAll(List.of(more));
    return Network.of(INPUT, layers);
  }

  static Stream<Network> networks() {
    return Stream.of(
        with(),
        with(NamedLayer.of("flat", new Flatten()), NamedLayer.of("fc", Dense.of(6))),
        // Dense layers read an output of the middle, and the end of the convolutions.
        with(
            NamedLayer.of("flat1", new Flatten(), "relu1"),
            NamedLayer.of("flat2", new Flatten(), "drop"),
            NamedLayer.of("fc1", Dense.of(6), "flat1"),
            NamedLayer.of("fc2", Dense.of(6), "flat2"),
            NamedLayer.of("both", new Add(), "fc1", "fc2")),
        Network.of(INPUT, new Flatten(), Dense.of(6)),
        Network.of(INPUT, new Relu()));
  }

  static Stream<Arguments> cases() {
    return networks()
        .flatMap(
            network ->
                Stream.of(KernelsUnderTest.values())
                    .flatMap(
                        kernels ->
                            Stream.of(3, 16, 33, 64)
                                .map(images -> Arguments.of(network, kernels, images))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theOutputHasTheSameBits(Network network, KernelsUnderTest kernels, int images) {
    RandomSource random = new RandomSource("blockwise");
    Replica blockwise = new Replica(network, images, kernels.create());
    Replica whole = new Replica(network, images, kernels.create(), Replica.Extra.ALL_VALUES);
    // Twice, since what was made of the parameters is kept from block to block.
    for (int seed = 1; seed <= 2; seed++) {
      float[] x = LaneBatch.toLanes(random.normal(images * INPUT.size()), images);
      for (Replica replica : List.of(blockwise, whole)) {
        replica.use(network.initialWeights(seed));
        System.arraycopy(x, 0, replica.input(), 0, x.length);
        replica.forward(images);
      }
      Bits.assertSame(outputs(whole, images), outputs(blockwise, images), random.again() + seed);
      Bits.assertSame(x, blockwise.input(), random.again() + "the input is left as it was");
    }
  }

  /**
   * What is kept of parameters must not outlive a step of training, or of few images, by others.
   */
  @ParameterizedTest
  @EnumSource
  void parametersMayChangeAndComeBack(KernelsUnderTest kernels) {
    Network network = with(NamedLayer.of("flat", new Flatten()), NamedLayer.of("fc", Dense.of(6)));
    RandomSource random = new RandomSource("blockwise");
    float[] x = LaneBatch.toLanes(random.normal(32 * INPUT.size()), 32);
    Replica replica = new Replica(network, 32, kernels.create());
    System.arraycopy(x, 0, replica.input(), 0, x.length);
    float[] expected = used(replica, network, 1);
    Bits.assertSame(expected, used(replica, network, 1), random.again() + "the same again");
    used(replica, network, 2);
    Bits.assertSame(expected, used(replica, network, 1), random.again() + "after others");
    replica.use(network.initialWeights(2));
    replica.forwardTraining(32, 1);
    Bits.assertSame(expected, used(replica, network, 1), random.again() + "after training");
    replica.use(network.initialWeights(2));
    replica.forward(5);
    Bits.assertSame(expected, used(replica, network, 1), random.again() + "after a few images");
  }

  private static float[] used(Replica replica, Network network, int seed) {
    replica.use(network.initialWeights(seed));
    replica.forward(32);
    return outputs(replica, 32);
  }

  private static float[] outputs(Replica replica, int images) {
    int size = replica.network().output().size();
    return LaneBatch.fromLanes(replica.output(), images, size);
  }

  @ParameterizedTest
  @EnumSource
  void backwardNeedsTraining(KernelsUnderTest kernels) {
    Replica replica = new Replica(with(), 32, kernels.create());
    replica.forward(32);
    assertEquals(
        "Replica.backward needs a forward pass in training before it",
        assertThrows(IllegalStateException.class, replica::backward).getMessage());
    replica.forwardTraining(32, 1);
    replica.backward();
  }
}

package dev.convoy.nn.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.NamedLayer;
import dev.convoy.nn.Network;
import dev.convoy.nn.Weights;
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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A replica in use gives what one for training gives in use, in less memory. */
class ForwardReplicaTest {
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
    compare(network, kernels, images);
  }

  @ParameterizedTest
  @EnumSource
  void theOutputOfAnyGraphHasTheSameBits(KernelsUnderTest kernels) {
    for (int seed = 1; seed <= 24; seed++) {
      compare(RandomImageGraph.of(seed), kernels, seed % 3 == 0 ? 20 : 3);
    }
  }

  private static void compare(Network network, KernelsUnderTest kernels, int images) {
    RandomSource random = new RandomSource("forward");
    Weights weights = network.initialWeights(1);
    float[] values = random.normal(images * network.input().size());
    float[] x = LaneBatch.toLanes(values, images);
    Replica whole = new Replica(network, images, kernels.create(), Replica.Extra.ALL_VALUES);
    whole.use(weights);
    System.arraycopy(x, 0, whole.input(), 0, x.length);
    whole.forward(images);
    float[] expected = LaneBatch.fromLanes(whole.output(), images, network.output().size());
    ForwardReplica forward = new ForwardReplica(network, weights, images, kernels.create());
    String again = random.again() + network.nodes();
    // Twice, since what was made of the parameters is kept.
    Bits.assertSame(expected, outputs(forward, images, x), again);
    // Few images lie in the lanes where many did.
    float[] few = LaneBatch.toLanes(Arrays.copyOf(values, 2 * network.input().size()), 2);
    int two = 2 * network.output().size();
    Bits.assertSame(Arrays.copyOf(expected, two), outputs(forward, 2, few), again + " few");
    Bits.assertSame(expected, outputs(forward, images, x), again + " again");
  }

  /** Returns what it gives for images in lanes. */
  private static float[] outputs(ForwardReplica replica, int images, float[] x) {
    int block = replica.network().input().size() * Lanes.WIDTH;
    replica.forward(
        images,
        (first, count, target) ->
            System.arraycopy(x, first / Lanes.WIDTH * block, target, 0, block));
    return LaneBatch.fromLanes(replica.output(), images, replica.network().output().size());
  }

  @ParameterizedTest
  @EnumSource
  void moreImagesThanItTakesAreRefused(KernelsUnderTest kernels) {
    Network network = with();
    ForwardReplica replica =
        new ForwardReplica(network, network.initialWeights(1), 32, kernels.create());
    assertEquals(
        "ForwardReplica takes 1 to 32 images, but got 33",
        assertThrows(
                IllegalArgumentException.class,
                () -> replica.forward(33, (first, count, target) -> {}))
            .getMessage());
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

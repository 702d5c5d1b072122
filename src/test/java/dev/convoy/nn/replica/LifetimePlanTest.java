package dev.convoy.nn.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.NamedLayer;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Add;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.preset.Presets;
import dev.convoy.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Memory in use is what the plan reckons, and the plan needs little more than is alive at once. */
class LifetimePlanTest {
  private static final Shape INPUT = Shape.of(2, 8, 8);

  /** Lane blocks' bytes of so many values an image. */
  private static long bytes(long floats) {
    return floats * Lanes.WIDTH * Float.BYTES;
  }

  private static ForwardReplica planned(Network network, int images) {
    return ForwardReplica.planned(network, images, Kernels.scalar());
  }

  @Test
  void ofAChainTwoNeighboursAreAliveAtOnce() {
    // 128 values, 256 and 320 of the convolutions, of which relu and norm work in place.
    Network network =
        Network.of(
            INPUT,
            Conv2d.of(4, 3).withPadding(Padding.SAME),
            new BatchNorm2d(),
            new Relu(),
            Conv2d.of(5, 3).withPadding(Padding.SAME),
            new Relu(),
            Conv2d.of(3, 3).withPadding(Padding.SAME));
    assertEquals(bytes(256 + 320), planned(network, 16).aliveBytes());
  }

  @Test
  void aShortcutStaysAliveUntilItIsAdded() {
    Conv2d same = Conv2d.of(2, 3).withPadding(Padding.SAME);
    Network network =
        Network.of(
            INPUT,
            List.of(
                NamedLayer.of("a", same),
                NamedLayer.of("b", same),
                NamedLayer.of("c", same),
                NamedLayer.of("d", new Add(), "c", "a")));
    // a beside b and c; the sum takes the place of c.
    assertEquals(bytes(3 * 128), planned(network, 16).aliveBytes());
  }

  @Test
  void layersOnImagesTakeMemoryForSixteenAndDenseOnesForTheBatch() {
    Network network =
        Network.of(
            INPUT,
            Conv2d.of(4, 3).withPadding(Padding.SAME),
            MaxPool2d.of(2, 2),
            new Flatten(),
            Dense.of(6),
            Dense.of(3));
    long conv = bytes(128 + 64); // pooled at once
    assertEquals(bytes(128 + 64), planned(network, 16).aliveBytes());
    assertEquals(conv + 4 * bytes(64 + 6), planned(network, 64).aliveBytes());
  }

  static List<Arguments> networks() {
    return List.of(
        Arguments.of("mobilenet_v2", 3_504_872, 192),
        Arguments.of("resnet18", 11_689_512, 256),
        Arguments.of("resnet50", 25_557_032, 384),
        Arguments.of("inception_v3", 23_834_568, 384));
  }

  /**
   * What an evaluation at batch 16 takes, weights among it, is at most twice the weights and what
   * is alive at once; and it leaves room in a small heap.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void networksOfTheFieldTakeLittle(String name, int parameters, int megabytes) {
    Network network = Presets.of(name).network();
    assertEquals(parameters, network.parameterCount());
    long weights = ((long) parameters + network.bufferCount()) * Float.BYTES;
    ForwardReplica replica = planned(network, 16);
    long takes = weights + replica.bytes();
    long least = weights + replica.aliveBytes();
    String figures =
        name + " takes " + (takes >> 20) + " MB, of which it needs " + (least >> 20) + " at once";
    assertTrue(takes <= 2 * least, figures);
    assertTrue(takes <= (long) megabytes << 20, figures);
    assertEquals(replica.bytes(), ReplicaMemory.forwardBytes(network, 16));
  }

  @Test
  void anyGraphNeedsLittleMoreThanIsAliveAtOnce() {
    for (int seed = 1; seed <= 60; seed++) {
      ForwardReplica replica = planned(RandomImageGraph.of(seed), 16);
      long planned = replica.valueBytes();
      assertTrue(planned >= replica.aliveBytes(), "seed " + seed);
      assertTrue(
          planned <= 1.5 * replica.aliveBytes(),
          "seed " + seed + ": " + planned + " beside " + replica.aliveBytes());
    }
  }
}

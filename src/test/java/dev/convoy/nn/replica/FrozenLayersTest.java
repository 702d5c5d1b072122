package dev.convoy.nn.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.TrainableValues;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.ConvTranspose2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.GroupNorm;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.LayerNorm;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Prelu;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Scale;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Bits;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LaneBatch;
import dev.convoy.testing.RandomSource;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each layer that has parameters, frozen where it lies before trained layers and behind them. */
class FrozenLayersTest {
  private static final int IMAGES = 19;
  private static final int STEPS = 3;

  /** Holds every kind of layer with parameters, and pairs that run as one pass. */
  private static final Network NETWORK =
      Network.of(
          Shape.of(2, 6, 5),
          Conv2d.of(16, 3).withPadding(Padding.SAME),
          new BatchNorm2d(),
          new Relu(),
          Conv2d.of(16, 3).withPadding(Padding.SAME).withoutBias(),
          new BatchNorm2d(),
          new Prelu(true, null),
          GroupNorm.of(4),
          new Scale(0.9f),
          ConvTranspose2d.of(6, 2, 2),
          new LayerNorm(),
          new Prelu(),
          new Flatten(),
          Dense.of(5),
          Dense.of(3));

  private static Stream<String> owners() {
    return NETWORK.nodes().stream().filter(node -> !node.parameters().isEmpty()).map(Node::name);
  }

  private static Stream<String> ownersWithoutStatistics() {
    return NETWORK.nodes().stream()
        .filter(node -> !node.parameters().isEmpty() && node.buffers().isEmpty())
        .map(Node::name);
  }

  @Test
  void theNetworkHoldsEveryKindOfLayerWithParameters() {
    Set<String> kinds =
        NETWORK.nodes().stream()
            .filter(node -> !node.parameters().isEmpty())
            .map(node -> node.layer().kind())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> all =
        LayerContractTest.layers()
            .filter(contract -> hasParameters(contract.layer(), contract.input()))
            .map(contract -> contract.layer().kind())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(all, kinds);
  }

  private static boolean hasParameters(Layer layer, Shape input) {
    return !layer.parameters(input).isEmpty();
  }

  private static boolean isOf(Parameter tensor, String owner) {
    return tensor.name().startsWith(owner + ".");
  }

  @ParameterizedTest
  @MethodSource("owners")
  void aFrozenLayerKeepsItsBitsAndAllElseMoves(String owner) {
    TrainableValues trained = TrainableValues.of(NETWORK, name -> !name.startsWith(owner + "."));
    Replica scalar = stepped(trained, KernelsUnderTest.SCALAR);
    Replica vector = stepped(trained, KernelsUnderTest.VECTOR);
    assertMoves(scalar, owner, false);
    Bits.assertSame(scalar.parameters(), vector.parameters(), "parameters of both kernels");
    Bits.assertSame(scalar.buffers(), vector.buffers(), "buffers of both kernels");
  }

  @ParameterizedTest
  @MethodSource("owners")
  void aLayerTrainedAloneMovesAlone(String owner) {
    TrainableValues trained = TrainableValues.of(NETWORK, name -> name.startsWith(owner + "."));
    assertMoves(stepped(trained, KernelsUnderTest.VECTOR), owner, true);
  }

  /** A frozen batch normalisation is another function: it normalises by its statistics. */
  @ParameterizedTest
  @MethodSource("ownersWithoutStatistics")
  void whatIsTrainedHasTheGradientsThatItHasWhereNothingIsFrozen(String owner) {
    TrainableValues trained = TrainableValues.of(NETWORK, name -> !name.startsWith(owner + "."));
    float[] expected = gradients(TrainableValues.all(NETWORK));
    trained.parameters().others().clear(expected);
    Bits.assertSame(expected, gradients(trained), "gradients");
  }

  private static float[] gradients(TrainableValues trained) {
    Replica replica = new Replica(NETWORK, IMAGES, Kernels.vector(), trained);
    replica.use(NETWORK.initialWeights(1));
    RandomSource random = new RandomSource("gradients");
    put(random.normal(IMAGES * NETWORK.input().size()), replica.input());
    replica.forwardTraining(IMAGES, 1);
    put(random.normal(IMAGES * NETWORK.output().size()), replica.outputGradient());
    replica.backward();
    return replica.gradients().clone();
  }

  /** Checks that the values of this layer move or those of all others do, and no more. */
  private static void assertMoves(Replica replica, String owner, boolean moves) {
    float[] first = NETWORK.initialWeights(1).parameters();
    for (Parameter tensor : NETWORK.parameters()) {
      boolean moved = !Arrays.equals(part(first, tensor), part(replica.parameters(), tensor));
      assertEquals(isOf(tensor, owner) == moves, moved, tensor.name());
    }
    float[] statistics = NETWORK.initialWeights(1).buffers();
    for (Parameter tensor : NETWORK.buffers()) {
      boolean moved = !Arrays.equals(part(statistics, tensor), part(replica.buffers(), tensor));
      assertEquals(isOf(tensor, owner) == moves, moved, tensor.name());
    }
  }

  private static float[] part(float[] values, Parameter tensor) {
    return Arrays.copyOfRange(values, tensor.offset(), tensor.offset() + tensor.size());
  }

  /** Steps down the gradients as they are, those of frozen values included. */
  private static Replica stepped(TrainableValues trained, KernelsUnderTest kernels) {
    Replica replica = new Replica(NETWORK, IMAGES, kernels.create(), trained);
    replica.use(NETWORK.initialWeights(1));
    RandomSource random = new RandomSource("FrozenLayersTest");
    for (int step = 0; step < STEPS; step++) {
      put(random.normal(IMAGES * NETWORK.input().size()), replica.input());
      replica.forwardTraining(IMAGES, step);
      put(random.normal(IMAGES * NETWORK.output().size()), replica.outputGradient());
      replica.backward();
      for (int i = 0; i < replica.parameters().length; i++) {
        replica.parameters()[i] -= 0.01f * replica.gradients()[i];
      }
    }
    for (float value : replica.parameters()) {
      assertFalse(Float.isNaN(value), "a parameter that is no number");
    }
    return replica;
  }

  private static void put(float[] values, float[] lanes) {
    float[] batch = LaneBatch.toLanes(values, IMAGES);
    System.arraycopy(batch, 0, lanes, 0, batch.length);
  }
}

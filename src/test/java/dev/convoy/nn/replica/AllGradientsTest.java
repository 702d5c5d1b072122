package dev.convoy.nn.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import dev.convoy.nn.layer.Tanh;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Bits;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LaneBatch;
import dev.convoy.testing.RandomSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What comes back to the layers inside a network. */
class AllGradientsTest {
  private static final int IMAGES = 3;
  private static final Shape INPUT = Shape.of(2, 6, 6);

  private static final Network CHAIN =
      Network.of(
          INPUT,
          Conv2d.of(3, 3).withPadding(Padding.SAME),
          new BatchNorm2d(),
          new Relu(),
          new Dropout(0.5f),
          MaxPool2d.of(2, 2),
          new Tanh(),
          new Flatten(),
          Dense.of(4));

  private static Replica keeping(Network network, KernelsUnderTest kernels) {
    Replica replica =
        new Replica(
            network,
            IMAGES,
            kernels.create(),
            Replica.Extra.ALL_VALUES,
            Replica.Extra.ALL_GRADIENTS,
            Replica.Extra.INPUT_GRADIENT);
    replica.use(network.initialWeights(1));
    return replica;
  }

  private static float[] ofImages(float[] lanes, int size) {
    return LaneBatch.fromLanes(lanes, IMAGES, size);
  }

  /** The rest of a network, after a layer, by itself has that layer's output as its input. */
  @ParameterizedTest
  @EnumSource(KernelsUnderTest.class)
  void aLayersGradientIsTheInputGradientOfAllAfterIt(KernelsUnderTest kernels) {
    RandomSource random = new RandomSource("all gradients");
    Replica whole = keeping(CHAIN, kernels);
    float[] x = LaneBatch.toLanes(random.normal(IMAGES * INPUT.size()), IMAGES);
    float[] above = LaneBatch.toLanes(random.normal(IMAGES * 4), IMAGES);
    System.arraycopy(x, 0, whole.input(), 0, x.length);
    whole.forward(IMAGES);
    System.arraycopy(above, 0, whole.outputGradient(), 0, above.length);
    whole.backward();
    List<Node> nodes = CHAIN.nodes();
    for (int i = 0; i < nodes.size() - 1; i++) {
      int size = nodes.get(i).output().size();
      Network after =
          Network.of(
              nodes.get(i).output(),
              nodes.subList(i + 1, nodes.size()).stream()
                  .map(node -> NamedLayer.of(node.layer()))
                  .toList());
      Replica rest = new Replica(after, IMAGES, kernels.create(), Replica.Extra.INPUT_GRADIENT);
      int count = after.parameterCount();
      System.arraycopy(
          whole.parameters(), CHAIN.parameterCount() - count, rest.parameters(), 0, count);
      int kept = after.bufferCount();
      System.arraycopy(whole.buffers(), CHAIN.bufferCount() - kept, rest.buffers(), 0, kept);
      System.arraycopy(whole.value(i), 0, rest.input(), 0, rest.input().length);
      rest.forward(IMAGES);
      System.arraycopy(above, 0, rest.outputGradient(), 0, above.length);
      rest.backward();
      Bits.assertSame(
          ofImages(rest.inputGradient(), size),
          ofImages(whole.gradient(i), size),
          random.again() + nodes.get(i).name());
    }
    Bits.assertSame(above, whole.gradient(nodes.size() - 1), "what the caller gave");
  }

  @Test
  void theGradientsOfAllReadersAreSummed() {
    Network network =
        Network.of(
            Shape.of(2),
            List.of(
                NamedLayer.of("minus", new Dense(2, false, null)),
                NamedLayer.of("rectified", new Relu()),
                NamedLayer.of("sum", new Add(), "rectified", "minus", "rectified")));
    Replica replica = keeping(network, KernelsUnderTest.SCALAR);
    System.arraycopy(new float[] {-1, 0, 0, -1}, 0, replica.parameters(), 0, 4);
    replica.input()[0] = -0.5f;
    replica.input()[16] = 2;
    replica.forward(1);
    replica.outputGradient()[0] = 3;
    replica.outputGradient()[16] = 5;
    replica.backward();
    assertPair(3, 5, replica.gradient(2));
    assertPair(6, 10, replica.gradient(1));
    assertPair(9, 5, replica.gradient(0));
    assertPair(-9, -5, replica.inputGradient());
  }

  private static void assertPair(float first, float second, float[] lanes) {
    Bits.assertSame(new float[] {first, second}, new float[] {lanes[0], lanes[16]}, "gradient");
  }

  @Test
  void whatIsNotKeptIsRefused() {
    Replica replica = new Replica(CHAIN, 1, KernelsUnderTest.SCALAR.create());
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> replica.gradient(0));
    assertEquals(
        "Replica.gradient needs a replica that keeps all gradients, and a node on the way back,"
            + " but node 0 is of one that keeps none",
        e.getMessage());
  }
}

package dev.convoy.nn.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.nn.NamedLayer;
import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Add;
import dev.convoy.nn.layer.AvgPool2d;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Concat;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.GlobalAvgPool2d;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.Multiply;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Sigmoid;
import dev.convoy.nn.layer.Size;
import dev.convoy.nn.layer.Tanh;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Bits;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LaneBatch;
import dev.convoy.testing.LayerRun;
import dev.convoy.testing.RandomSource;
import dev.convoy.testing.Slopes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers whose outputs part and meet again. */
class GraphTest {
  private static final Shape INPUT = Shape.of(3, 5, 4);
  private static final int IMAGES = 19;

  /** Graphs drawn from a seed: any earlier value may be used again, and in the end all are. */
  private static final class RandomGraph {
    private final RandomSource random;
    private final List<NamedLayer> layers = new ArrayList<>();
    private final List<String> images = new ArrayList<>(List.of(Network.INPUT));
    private final List<String> unused = new ArrayList<>(List.of(Network.INPUT));

    RandomGraph(RandomSource random) {
      this.random = random;
    }

    Network draw() {
      for (int i = 0; i < 12; i++) {
        String input = images.get(random.nextInt(images.size()));
        switch (random.nextInt(6)) {
          case 0 -> add(Conv2d.of(3, 3).withPadding(Padding.SAME), input);
          case 1 -> add(new Tanh(), input);
          case 2 -> add(new Sigmoid(), input);
          case 3 -> add(new BatchNorm2d(), input);
          case 4 -> add(new Add(), input, images.get(random.nextInt(images.size())));
          default ->
              add(new AvgPool2d(Size.of(3), Size.of(1), Padding.SAME, false, null, null), input);
        }
      }
      String[] ends = unused.toArray(new String[0]);
      if (ends.length > 1) {
        add(new Concat(), ends);
      }
      layers.add(NamedLayer.of("flat", new Flatten()));
      layers.add(NamedLayer.of("left", Dense.of(5), "flat"));
      layers.add(NamedLayer.of("right", Dense.of(5), "flat"));
      layers.add(NamedLayer.of("sum", new Add(), "left", "right", "left"));
      return Network.of(INPUT, layers);
    }

    private void add(Layer layer, String... inputs) {
      String name = "n" + layers.size();
      layers.add(NamedLayer.of(name, layer, inputs));
      unused.removeAll(List.of(inputs));
      if (layer instanceof Concat) {
        return;
      }
      unused.add(name);
      images.add(name);
    }
  }

  /** Channels, positions and values that are weighed by what is made of them. */
  private static Network weighed() {
    return Network.of(
        INPUT,
        List.of(
            NamedLayer.of("map", Conv2d.of(4, 3).withPadding(Padding.SAME)),
            NamedLayer.of("squeeze", new GlobalAvgPool2d()),
            NamedLayer.of("dense", Dense.of(4)),
            NamedLayer.of("excite", new Sigmoid()),
            NamedLayer.of("channels", new Multiply(), "excite", "map"),
            NamedLayer.of("mask", Conv2d.of(1, 3).withPadding(Padding.SAME), Network.INPUT),
            NamedLayer.of("positions", new Multiply(), "channels", "mask"),
            NamedLayer.of("curve", new Tanh()),
            NamedLayer.of("bent", new Tanh(), "map"),
            NamedLayer.of("values", new Multiply(), "curve", "bent"),
            NamedLayer.of("flat", new Flatten()),
            NamedLayer.of("end", Dense.of(5))));
  }

  /** Minus one stands for {@link #weighed}. */
  static Stream<Integer> seeds() {
    return IntStream.range(-1, 6).boxed();
  }

  private static Network network(int seed, RandomSource random) {
    return seed < 0 ? weighed() : new RandomGraph(random).draw();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void gradientsOfRandomGraphsAreSlopes(int seed) {
    RandomSource random = new RandomSource("graph " + seed);
    Network network = network(seed, random);
    float[] x = random.normal(IMAGES * INPUT.size());
    float[] parameters = random.normal(network.parameterCount());
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] *= 0.3f;
    }
    float[] gy = random.normal(IMAGES * 5);
    for (KernelsUnderTest kernels : KernelsUnderTest.values()) {
      LayerRun run = run(network, kernels).with(parameters);
      run.forward(x);
      float[] dx = run.backward(gy);
      float[] gradient = run.replica().gradients().clone();
      ToDoubleFunction<float[]> byInput = v -> Slopes.product(gy, run.forward(v));
      String what = random.again() + kernels;
      // Products of products bend: their slopes show on a short way.
      float reach = seed < 0 ? 0.003f : 0.01f;
      Slopes.assertSlope(
          dx, byInput, x, random.signs(x.length), reach, 5e-3, 1e-4, what + ", input");
      ToDoubleFunction<float[]> byParameters = v -> Slopes.product(gy, run.with(v).forward(x));
      float[] way = random.signs(parameters.length);
      Slopes.assertSlope(
          gradient, byParameters, parameters, way, reach, 5e-3, 1e-4, what + ", parameters");
    }
  }

  private static LayerRun run(Network network, KernelsUnderTest kernels) {
    LayerRun run = new LayerRun(network, IMAGES, kernels);
    run.replica().use(network.initialWeights(1));
    return run;
  }

  /** Working in place spares memory, and must not show. */
  @ParameterizedTest
  @MethodSource("seeds")
  void whatSharesMemoryGivesTheSameBits(int seed) {
    RandomSource random = new RandomSource("graph " + seed);
    Network network = network(seed, random);
    float[] lanes = LaneBatch.toLanes(random.normal(IMAGES * INPUT.size()), IMAGES);
    float[] above = LaneBatch.toLanes(random.normal(IMAGES * 5), IMAGES);
    List<Replica> replicas =
        List.of(
            new Replica(network, IMAGES, KernelsUnderTest.SCALAR.create()),
            new Replica(network, IMAGES, KernelsUnderTest.VECTOR.create()),
            new Replica(
                network, IMAGES, KernelsUnderTest.VECTOR.create(), Replica.Extra.ALL_VALUES),
            new Replica(
                network, IMAGES, KernelsUnderTest.VECTOR.create(), Replica.Extra.INPUT_GRADIENT),
            new Replica(
                network, IMAGES, KernelsUnderTest.VECTOR.create(), Replica.Extra.ALL_GRADIENTS));
    for (Replica replica : replicas) {
      replica.use(network.initialWeights(3));
      System.arraycopy(lanes, 0, replica.input(), 0, lanes.length);
      replica.forwardTraining(IMAGES, 5);
      System.arraycopy(above, 0, replica.outputGradient(), 0, above.length);
      replica.backward();
      Bits.assertSame(replicas.get(0).output(), replica.output(), "output");
      Bits.assertSame(replicas.get(0).gradients(), replica.gradients(), "gradients");
      Bits.assertSame(replicas.get(0).buffers(), replica.buffers(), "buffers");
    }
  }

  @ParameterizedTest
  @EnumSource(KernelsUnderTest.class)
  void everyValueIsKeptIfAsked(KernelsUnderTest kernels) {
    Network network =
        Network.of(
            Shape.of(2),
            List.of(
                NamedLayer.of("minus", new Dense(2, false, null)),
                NamedLayer.of("curve", new Tanh()),
                NamedLayer.of("sum", new Add(), "curve", "minus"),
                NamedLayer.of("both", new Concat(), "sum", Network.INPUT)));
    Replica replica = new Replica(network, 1, kernels.create(), Replica.Extra.ALL_VALUES);
    System.arraycopy(new float[] {-1, 0, 0, -1}, 0, replica.parameters(), 0, 4);
    replica.input()[0] = 0.5f;
    replica.input()[16] = -2;
    replica.forward(1);
    Bits.assertSame(new float[] {-0.5f, 2}, values(replica, 0), "minus");
    float[] curve = values(replica, 1);
    assertEquals(Math.tanh(-0.5), curve[0], 1e-6);
    Bits.assertSame(new float[] {curve[0] - 0.5f, curve[1] + 2}, values(replica, 2), "sum");
    Bits.assertSame(
        new float[] {curve[0] - 0.5f, curve[1] + 2, 0.5f, -2}, values(replica, 3), "both");
  }

  private static float[] values(Replica replica, int node) {
    Node of = replica.network().nodes().get(node);
    return LaneBatch.fromLanes(replica.value(node), 1, of.output().size());
  }

  @Test
  void concatenatedChannelsLieInTheOrderOfTheInputs() {
    Network network =
        Network.of(
            Shape.of(1, 1, 2),
            List.of(
                NamedLayer.of("c", new Conv2d(2, Size.of(1), null, null, null, null, false, null)),
                NamedLayer.of("all", new Concat(), "c", Network.INPUT)));
    assertEquals(Shape.of(3, 1, 2), network.output());
    LayerRun run = new LayerRun(network, 1, KernelsUnderTest.SCALAR).with(new float[] {10, 100});
    Bits.assertSame(new float[] {10, 20, 100, 200, 1, 2}, run.forward(new float[] {1, 2}), "y");
    // dx: through both filters, and as it is.
    Bits.assertSame(
        new float[] {10 + 300 + 5, 20 + 400 + 6},
        run.backward(new float[] {1, 2, 3, 4, 5, 6}),
        "dx");
  }
}

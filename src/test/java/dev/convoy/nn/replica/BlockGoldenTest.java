package dev.convoy.nn.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.kernel.Kernels;
import dev.convoy.loss.BatchLoss;
import dev.convoy.loss.BatchLoss.Reduction;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.AvgPool2d;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.LeakyRelu;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Sigmoid;
import dev.convoy.nn.layer.Tanh;
import dev.convoy.nn.replica.PlainBlock.Curve;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Golden;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LaneBatch;
import dev.convoy.testing.LayerRun;
import dev.convoy.testing.Rounded;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A whole small network with its loss against float64: what its layers tell one another. */
class BlockGoldenTest {
  static Stream<Arguments> block() {
    return Golden.onEveryKernel("block", golden -> true);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource
  void block(Golden golden, KernelsUnderTest kernels) {
    int[] batch = golden.tensor("/in/x").shape();
    Shape input = Shape.of(Arrays.copyOfRange(batch, 1, batch.length));
    int classes = golden.tensor("/in/b2").shape()[0];
    boolean max = golden.at("/params/net").asText().contains("max_pool");
    Network network =
        Network.of(
            input,
            Conv2d.of(golden.tensor("/in/b1").shape()[0], 3).withPadding(Padding.of(1)),
            new BatchNorm2d(),
            activation(golden.name()),
            max ? MaxPool2d.of(2, 2) : AvgPool2d.of(2, 2),
            new Flatten(),
            Dense.of(classes));
    LayerRun run = new LayerRun(network, batch[0], kernels);
    run.with(
        Stream.of("w1", "b1", "gamma", "beta", "w2", "b2")
            .map(name -> golden.tensor("/in/" + name).floats())
            .toArray(float[][]::new));
    float[] y = run.forwardTraining(golden.tensor("/in/x").floats(), 1);
    BatchLoss loss = new SoftmaxCrossEntropy().bind(classes, Kernels.chosen());
    float[] gradient = new float[run.replica().outputGradient().length];
    int[] labels = golden.tensor("/in/target").ints();
    loss.compute(run.replica().output(), labels, batch[0], gradient, Reduction.MEAN);
    PlainBlock plain = new PlainBlock(golden, max, curve(golden.name()));
    golden.assertMatches(
        "/out/y", new float[] {(float) (loss.sum() / loss.weight())}, plain.loss());
    assertEquals(batch[0] * classes, y.length);
    float[] dx = run.backward(LaneBatch.fromLanes(gradient, batch[0], classes));
    golden.assertMatches("/grad/dx", dx);
    golden.assertMatches("/grad/dw1", run.gradientOf("conv2d_1.weight"));
    golden.assertMatches("/grad/dw2", run.gradientOf("dense_6.weight"));
    for (List<String> pair :
        List.of(
            List.of("db1", "conv2d_1.bias"),
            List.of("dgamma", "batchNorm2d_2.weight"),
            List.of("dbeta", "batchNorm2d_2.bias"),
            List.of("db2", "dense_6.bias"))) {
      String name = pair.get(0);
      float[] found = run.gradientOf(pair.get(1));
      golden.assertMatches("/grad/" + name, found, plain.gradient(name));
    }
  }

  private static Curve curve(String name) {
    Rounded one = Rounded.exact(1);
    return switch (name) {
      case "relu" -> line(0);
      case "leaky_relu(0.01)" -> line(0.01);
      case "tanh" ->
          new Curve(
              x -> x.apply(Math::tanh, v -> 1 - Math.tanh(v) * Math.tanh(v)),
              y -> one.minus(y.times(y)));
      case "sigmoid" ->
          new Curve(
              x -> x.apply(BlockGoldenTest::sigmoid, v -> sigmoid(v) * (1 - sigmoid(v))),
              y -> y.times(one.minus(y)));
      default -> throw new IllegalArgumentException("no function is known for " + name);
    };
  }

  private static Curve line(double below) {
    return new Curve(
        x -> x.value() > 0 ? x : x.times(below), y -> Rounded.exact(y.value() > 0 ? 1 : below));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static Layer activation(String name) {
    return switch (name) {
      case "relu" -> new Relu();
      case "tanh" -> new Tanh();
      case "sigmoid" -> new Sigmoid();
      case "leaky_relu(0.01)" -> new LeakyRelu(0.01f);
      default -> throw new IllegalArgumentException("no layer is known for " + name);
    };
  }
}

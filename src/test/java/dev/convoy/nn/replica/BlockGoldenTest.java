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
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.layer.Sigmoid;
import dev.convoy.nn.layer.Tanh;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Golden;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LaneBatch;
import dev.convoy.testing.LayerRun;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A whole small network with its loss against float64: what its layers tell one another. */
class BlockGoldenTest {
  static Stream<Arguments> block() {
    return Golden.onEveryKernel("block", golden -> !golden.name().startsWith("leaky"));
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
    golden.assertMatches("/out/y", new float[] {(float) (loss.sum() / loss.weight())});
    assertEquals(batch[0] * classes, y.length);
    float[] dx = run.backward(LaneBatch.fromLanes(gradient, batch[0], classes));
    golden.assertMatches("/grad/dx", dx);
    for (List<String> pair :
        List.of(
            List.of("dw1", "conv2d_1.weight"),
            List.of("db1", "conv2d_1.bias"),
            List.of("dgamma", "batchNorm2d_2.weight"),
            List.of("dbeta", "batchNorm2d_2.bias"),
            List.of("dw2", "dense_6.weight"),
            List.of("db2", "dense_6.bias"))) {
      golden.assertMatches("/grad/" + pair.get(0), run.gradientOf(pair.get(1)));
    }
  }

  private static Layer activation(String name) {
    return switch (name) {
      case "relu" -> new Relu();
      case "tanh" -> new Tanh();
      case "sigmoid" -> new Sigmoid();
      default -> throw new IllegalArgumentException("no layer is known for " + name);
    };
  }
}

package dev.convoy.nn.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.config.JobReader;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.Weights;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.replica.convolution.WinogradConvolution;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.DirectTwin;
import dev.convoy.testing.RandomSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The network to which one with Winograd's convolutions is compared. */
class DirectTwinTest {
  private static final Path RESNET20 = Path.of("conf/cifar-sample-resnet20.yaml");
  private static final int IMAGES = 20;

  /** Of the largest output and gradient: roundings of twenty layers. */
  private static final double ROUNDINGS = 1e-4;

  private static Network resnet20() throws IOException {
    try (InputStream in = Files.newInputStream(RESNET20)) {
      return JobReader.read(in, RESNET20.toString(), List.of()).network();
    }
  }

  private static boolean goesByWinograd(Node node) {
    return node.layer() instanceof Conv2d layer
        && WinogradConvolution.suits(layer.window(node.input()), node.input().channels(), layer);
  }

  @Test
  void noConvolutionOfTheTwinGoesByWinograd() throws IOException {
    Network network = resnet20();
    assertEquals(16, network.nodes().stream().filter(DirectTwinTest::goesByWinograd).count());
    assertFalse(DirectTwin.of(network).nodes().stream().anyMatch(DirectTwinTest::goesByWinograd));
  }

  @Test
  void theTwinIsTheSameFunctionOfTheSameParameters() throws IOException {
    Network network = resnet20();
    Weights weights = network.initialWeights(1);
    Replica whole = step(network, weights);
    Replica direct = step(DirectTwin.of(network), weights);
    assertClose(whole.output(), direct.output(), "output");
    assertClose(whole.gradients(), direct.gradients(), "gradients");
    assertClose(whole.buffers(), direct.buffers(), "running statistics");
  }

  /** A step on random images, whose gradient is that of one of the outputs. */
  private static Replica step(Network network, Weights weights) {
    Replica replica = new Replica(network, IMAGES, Kernels.chosen());
    replica.use(weights);
    float[] images = new RandomSource("twins").normal(replica.input().length);
    System.arraycopy(images, 0, replica.input(), 0, images.length);
    replica.forwardTraining(IMAGES, 1);
    float[] above = replica.outputGradient();
    for (int i = 0; i < above.length; i++) {
      above[i] = i % 7 == 0 ? 1 : 0;
    }
    replica.backward();
    return replica;
  }

  private static void assertClose(float[] expected, float[] actual, String what) {
    assertEquals(expected.length, actual.length, what);
    double largest = 0;
    double apart = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      apart = Math.max(apart, Math.abs((double) expected[i] - actual[i]));
    }
    assertTrue(largest > 0 && apart <= ROUNDINGS * largest, what + ": " + apart + " of " + largest);
  }

  @Test
  void biasesAreRefused() {
    Network network = Network.of(Shape.of(16, 8, 8), Conv2d.of(16, 3).withPadding(Padding.SAME));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> DirectTwin.of(network));
    assertEquals(
        "DirectTwin needs convolutions without biases, but 'conv2d_1' has them", e.getMessage());
  }
}

package dev.convoy.nn.replica;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.config.JobReader;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Network;
import dev.convoy.nn.Weights;
import dev.convoy.testing.DirectTwin;
import dev.convoy.testing.LaneBatch;
import dev.convoy.testing.RandomSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What Winograd's convolutions change in a step of ResNet-20: no more than a change of its weights
 * by their own rounding does. Either turns some rectifiers near 0 on or off, in which gradients
 * then differ by far more than by roundings.
 */
class WinogradStepTest {
  private static final Path RESNET20 = Path.of("conf/cifar-sample-resnet20.yaml");
  private static final int IMAGES = 64;

  /** Steps whose differences are averaged: that of one depends on a handful of rectifiers. */
  private static final int STEPS = 8;

  /** About three units in the last place of a weight: the roundings of a short sum. */
  private static final double ROUNDING = 2e-7;

  /** How many times as large Winograd's difference may be; 1.2 is found. */
  private static final double MARGIN = 2;

  @Test
  void winogradChangesAStepNoMoreThanRoundingsOfItsWeights() throws IOException {
    Network network = resnet20();
    Network direct = DirectTwin.of(network);
    double byWinograd = 0;
    double byRounding = 0;
    for (int step = 1; step <= STEPS; step++) {
      RandomSource random = new RandomSource("step" + step);
      Weights weights = network.initialWeights(step);
      float[] x = random.normal(IMAGES * network.input().size());
      float[] above = random.normal(IMAGES * network.output().size());
      float[] gradients = gradients(direct, weights, x, above);
      float[] near = weights.parameters().clone();
      for (int i = 0; i < near.length; i++) {
        near[i] *= (float) (1 + ROUNDING * random.normal(1)[0]);
      }
      Weights rounded = new Weights(near, weights.buffers());
      byWinograd += distance(gradients, gradients(network, weights, x, above));
      byRounding += distance(gradients, gradients(direct, rounded, x, above));
    }
    assertTrue(byRounding > 0, "nothing to compare with");
    assertTrue(
        byWinograd <= MARGIN * byRounding,
        "by Winograd " + byWinograd / STEPS + ", by roundings " + byRounding / STEPS);
  }

  private static Network resnet20() throws IOException {
    try (InputStream in = Files.newInputStream(RESNET20)) {
      return JobReader.read(in, RESNET20.toString(), List.of()).network();
    }
  }

  private static float[] gradients(Network network, Weights weights, float[] x, float[] above) {
    Replica replica = new Replica(network, IMAGES, Kernels.vector());
    replica.use(weights);
    float[] lanes = LaneBatch.toLanes(x, IMAGES);
    System.arraycopy(lanes, 0, replica.input(), 0, lanes.length);
    replica.forwardTraining(IMAGES, 1);
    lanes = LaneBatch.toLanes(above, IMAGES);
    System.arraycopy(lanes, 0, replica.outputGradient(), 0, lanes.length);
    replica.backward();
    return replica.gradients().clone();
  }

  /** Root of the squared differences, of the squares. */
  private static double distance(float[] expected, float[] actual) {
    double differences = 0;
    double squares = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference = (double) expected[i] - actual[i];
      differences += difference * difference;
      squares += (double) expected[i] * expected[i];
    }
    return Math.sqrt(differences / squares);
  }
}

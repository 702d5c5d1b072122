package dev.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.loss.BatchLoss;
import dev.convoy.loss.BatchLoss.Reduction;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.nn.Network;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.replica.Replica;
import dev.convoy.optim.Adagrad;
import dev.convoy.optim.Adam;
import dev.convoy.optim.Adamw;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.Rmsprop;
import dev.convoy.optim.Sgd;
import dev.convoy.optim.Slots;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Golden;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LaneBatch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Twenty steps of a small LeNet on handwritten digits, beside PyTorch's in float64. */
class LenetTinyGoldenTest {
  private static final int BATCH = 16;
  private static final int CLASSES = 10;

  /** Names of the tensors in the file, in the network's order. */
  private static final List<String> TENSORS =
      List.of("w1", "b1", "w2", "b2", "w3", "b3", "w4", "b4");

  private static final Network NETWORK =
      Network.of(
          Shape.of(1, 8, 8),
          Conv2d.of(4, 3).withPadding(Padding.of(1)),
          new Relu(),
          MaxPool2d.of(2, 2),
          Conv2d.of(8, 3).withPadding(Padding.SAME),
          new Relu(),
          MaxPool2d.of(2, 2),
          new Flatten(),
          Dense.of(16),
          new Relu(),
          Dense.of(10));

  /** Data and first parameters, which the file's first case holds for all. */
  private static final Golden SHARED = Golden.cases("lenet_tiny_train").get(0);

  private static final float[] IMAGES = images();
  private static final double[] LABELS = SHARED.numbers("/shared/labels");

  static Stream<Arguments> golden() {
    return Golden.onEveryKernel("lenet_tiny_train", golden -> true);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("golden")
  void twentyStepsAgree(Golden golden, KernelsUnderTest kernels) {
    Optimizer optimizer = optimizer(golden);
    Replica replica = new Replica(NETWORK, BATCH, kernels.create());
    BatchLoss loss = new SoftmaxCrossEntropy().bind(CLASSES, replica.kernels());
    float[] parameters = replica.parameters();
    for (int i = 0; i < TENSORS.size(); i++) {
      float[] first = SHARED.tensor("/shared/params0/" + TENSORS.get(i)).floats();
      System.arraycopy(first, 0, parameters, NETWORK.parameters().get(i).offset(), first.length);
    }
    Slots slots = new Slots(optimizer, parameters.length);
    slots.load(optimizer.initialState(parameters.length));
    double[] losses = golden.numbers("/out/loss");
    double[] accuracies = golden.numbers("/out/batch_accuracy");
    assertEquals(20, losses.length);
    for (int step = 0; step < losses.length; step++) {
      int[] labels = load(replica, step % (LABELS.length / BATCH));
      replica.forwardTraining(BATCH, step);
      loss.compute(replica.output(), labels, BATCH, replica.outputGradient(), Reduction.MEAN);
      double deviation = golden.at("/f32/loss_max_abs").asDouble();
      Golden.assertClose(
          losses[step],
          loss.sum() / BATCH,
          Golden.tolerance(deviation, losses[step]),
          golden + ": loss of step " + step);
      assertEquals(accuracies[step] * BATCH, loss.correct(), "correct in step " + step);
      if (step == 0) {
        assertLogits(golden, replica);
      }
      replica.backward();
      if (step == 0) {
        assertTensors(golden, "/grad/d", "_step0", replica.gradients(), 1e-7);
      }
      optimizer.step(
          parameters, replica.gradients(), slots.arrays(), step + 1, optimizer.learningRate());
    }
    assertTensors(golden, "/out/params_final/", "", parameters, Double.NaN);
  }

  private static void assertLogits(Golden golden, Replica replica) {
    float[] logits = LaneBatch.fromLanes(replica.output(), BATCH, CLASSES);
    double[] expected = golden.tensor("/out/logits_step0").data();
    for (int i = 0; i < expected.length; i++) {
      double allowed = Golden.tolerance(1e-7, expected[i]);
      Golden.assertClose(expected[i], logits[i], allowed, golden + ": logit " + i);
    }
  }

  /** Compares all tensors; where {@code deviation} is NaN, by the file's own float32 deviations. */
  private static void assertTensors(
      Golden golden, String before, String after, float[] flat, double deviation) {
    for (int i = 0; i < TENSORS.size(); i++) {
      Parameter parameter = NETWORK.parameters().get(i);
      String path = before + TENSORS.get(i) + after;
      double[] expected = golden.tensor(path).data();
      assertEquals(expected.length, parameter.size(), path);
      double of = deviation;
      if (Double.isNaN(of)) {
        of = golden.at("/f32/params/" + TENSORS.get(i) + "/max_abs").asDouble(Double.NaN);
      }
      for (int j = 0; j < expected.length; j++) {
        Golden.assertClose(
            expected[j],
            flat[parameter.offset() + j],
            Golden.tolerance(of, expected[j]),
            golden + " " + path + "[" + j + "]");
      }
    }
  }

  private static int[] load(Replica replica, int batch) {
    int from = batch * BATCH * 64;
    float[] lanes = LaneBatch.toLanes(Arrays.copyOfRange(IMAGES, from, from + BATCH * 64), BATCH);
    System.arraycopy(lanes, 0, replica.input(), 0, lanes.length);
    int[] labels = new int[BATCH];
    for (int i = 0; i < BATCH; i++) {
      labels[i] = (int) LABELS[batch * BATCH + i];
    }
    return labels;
  }

  private static float[] images() {
    float[] images = SHARED.tensor("/shared/images_0_16").floats();
    for (int i = 0; i < images.length; i++) {
      images[i] /= 16;
    }
    return images;
  }

  private static Optimizer optimizer(Golden golden) {
    float rate = golden.number("/params/lr", Double.NaN);
    float momentum = golden.number("/params/momentum", 0);
    String kind = golden.at("/params/optimizer").asText();
    return switch (kind) {
      case "sgd", "momentum", "nesterov" -> new Sgd(rate, momentum, kind.equals("nesterov"), 0, 0);
      case "adam" -> Adam.of(rate);
      case "adamw" -> Adamw.of(rate, golden.number("/params/weight_decay", Double.NaN));
      case "rmsprop" ->
          new Rmsprop(rate, golden.number("/params/alpha", Double.NaN), null, 0, 0, false);
      case "adagrad" -> Adagrad.of(rate);
      default -> throw new AssertionError(kind);
    };
  }

  @Test
  void noOptimizerIsLost() {
    assertEquals(7, Golden.cases("lenet_tiny_train").size());
  }
}

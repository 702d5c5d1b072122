package dev.convoy.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.elementwise.ChannelSoftmax;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.loss.BatchLoss.Reduction;
import dev.convoy.testing.Bits;
import dev.convoy.testing.Golden;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LaneBatch;
import dev.convoy.testing.RandomSource;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SoftmaxCrossEntropyTest {
  static Stream<Arguments> golden() {
    return Golden.onEveryKernel(
        "losses", golden -> golden.at("/params/loss").asText().equals("softmax_cross_entropy"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("golden")
  void lossAndGradientAgree(Golden golden, KernelsUnderTest kernels) {
    Golden.Tensor x = golden.tensor("/in/x");
    int images = x.shape()[0];
    int classes = x.shape()[1];
    float[] weights = null;
    if (golden.at("/params/class_weight").isArray()) {
      weights = new Golden.Tensor(null, golden.numbers("/params/class_weight")).floats();
    }
    SoftmaxCrossEntropy loss =
        new SoftmaxCrossEntropy(golden.number("/params/label_smoothing", 0), weights);
    BatchLoss batch = loss.bind(classes, kernels.create());
    int[] labels = golden.tensor("/in/target").ints();
    String reduction = golden.at("/params/reduction").asText();
    if (reduction.equals("none")) {
      assertEachAgrees(golden, batch, x.floats(), labels, classes);
      return;
    }
    float[] gradient = new float[Lanes.blocks(images) * classes * Lanes.WIDTH];
    boolean mean = reduction.equals("mean");
    batch.compute(
        LaneBatch.toLanes(x.floats(), images),
        labels,
        images,
        gradient,
        mean ? Reduction.MEAN : Reduction.SUM);
    double value = mean ? batch.sum() / batch.weight() : batch.sum();
    golden.assertMatches("/out/y", new float[] {(float) value});
    golden.assertMatches("/grad/dx", LaneBatch.fromLanes(gradient, images, classes));
  }

  static Stream<Arguments> scores() {
    return Golden.onEveryKernel("metrics", golden -> true);
  }

  /** Logits that are logarithms of probabilities have these as their softmax: the log loss. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("scores")
  void ofProbabilitiesIsTheLogLoss(Golden golden, KernelsUnderTest kernels) {
    Golden.Tensor scores = golden.tensor("/in/scores");
    int images = scores.shape()[0];
    int classes = scores.shape()[1];
    float[] logits = scores.floats();
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) Math.log(scores.data()[i]);
    }
    int[] labels = new Golden.Tensor(null, golden.numbers("/in/y_true")).ints();
    BatchLoss batch = new SoftmaxCrossEntropy().bind(classes, kernels.create());
    float[] lanes = LaneBatch.toLanes(logits, images);
    batch.compute(lanes, labels, images, null, Reduction.SUM);
    double expected = golden.at("/out/log_loss").asDouble();
    assertEquals(expected, batch.sum() / batch.weight(), 1e-6);
  }

  private static void assertEachAgrees(
      Golden golden, BatchLoss batch, float[] x, int[] labels, int classes) {
    float[] losses = new float[labels.length];
    float[] gradients = new float[x.length];
    for (int i = 0; i < labels.length; i++) {
      float[] one = Arrays.copyOfRange(x, i * classes, (i + 1) * classes);
      float[] gradient = new float[classes * Lanes.WIDTH];
      batch.compute(LaneBatch.toLanes(one, 1), new int[] {labels[i]}, 1, gradient, Reduction.SUM);
      losses[i] = (float) batch.sum();
      float[] dx = LaneBatch.fromLanes(gradient, 1, classes);
      System.arraycopy(dx, 0, gradients, i * classes, classes);
    }
    golden.assertMatches("/out/y", losses);
    golden.assertMatches("/grad/dx", gradients);
  }

  static Stream<Arguments> softmax() {
    return Golden.onEveryKernel("activations", golden -> golden.name().startsWith("softmax/"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("softmax")
  void softmaxAgrees(Golden golden, KernelsUnderTest kernels) {
    Golden.Tensor x = golden.tensor("/in/x");
    int images = x.shape()[0];
    int classes = x.shape()[1];
    float[] lanes = LaneBatch.toLanes(x.floats(), images);
    new ChannelSoftmax(classes, kernels.create().elementwise()).run(lanes, 0, lanes, 0);
    golden.assertMatches("/out/y", LaneBatch.fromLanes(lanes, images, classes));
  }

  @ParameterizedTest
  @EnumSource
  void ofOneClassIsZeroWithoutGradient(KernelsUnderTest kernels) {
    BatchLoss batch = new SoftmaxCrossEntropy().bind(1, kernels.create());
    float[] gradient = new float[Lanes.WIDTH];
    float[] x = LaneBatch.toLanes(new float[] {3, -400, 1e30f}, 3);
    batch.compute(x, new int[3], 3, gradient, Reduction.SUM);
    assertEquals(0, batch.sum());
    assertEquals(3, batch.correct());
    Bits.assertSame(new float[Lanes.WIDTH], gradient, "gradient");
  }

  @ParameterizedTest
  @EnumSource
  void unusedLanesHaveNoLossAndNoGradient(KernelsUnderTest kernels) {
    RandomSource random = new RandomSource("unusedLanes");
    int classes = 5;
    int images = 19;
    float[] lanes = LaneBatch.toLanes(random.normal(images * classes), images);
    int[] labels = new int[32];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(classes);
    }
    BatchLoss batch = new SoftmaxCrossEntropy(0.1f, null).bind(classes, kernels.create());
    float[] gradient = random.normal(lanes.length);
    batch.compute(lanes, labels, images, gradient, Reduction.MEAN);
    double sum = batch.sum();
    float[] dirty = lanes.clone();
    for (int image = images; image < 32; image++) {
      for (int c = 0; c < classes; c++) {
        int at = LaneBatch.index(image, c, classes);
        assertEquals(0, gradient[at], random.again() + "gradient of unused lane " + image);
        dirty[at] = 50 * (c + 1);
      }
    }
    float[] again = new float[lanes.length];
    batch.compute(dirty, labels, images, again, Reduction.MEAN);
    assertEquals(sum, batch.sum(), random.again());
    Bits.assertSame(gradient, again, random.again() + "gradient");
  }

  @Test
  void countsTheFirstOfEqualOutputsAsThePrediction() {
    float[] x = LaneBatch.toLanes(new float[] {1, 1, 0, 0, 2, 2, 0, 1, 2}, 3);
    BatchLoss batch = new SoftmaxCrossEntropy().bind(3, Kernels.scalar());
    batch.compute(x, new int[] {0, 1, 2}, 3, null, Reduction.SUM);
    assertEquals(3, batch.correct());
    batch.compute(x, new int[] {1, 2, 2}, 3, null, Reduction.SUM);
    assertEquals(1, batch.correct());
  }

  @ParameterizedTest
  @EnumSource
  void isNotFiniteWhereAnOutputIsNotANumber(KernelsUnderTest kernels) {
    BatchLoss batch = new SoftmaxCrossEntropy().bind(2, kernels.create());
    float[] x = LaneBatch.toLanes(new float[] {1, Float.NaN}, 1);
    batch.compute(x, new int[] {0}, 1, new float[x.length], Reduction.MEAN);
    assertTrue(Double.isNaN(batch.sum()));
  }

  @Test
  void refusesWeightsOfAnotherNumberOfClasses() {
    SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(0, new float[] {1, 2});
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> loss.bind(3, Kernels.scalar()));
    assertEquals(
        "SoftmaxCrossEntropy.classWeights needs one value a class, 3, but has 2", e.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void aBatchThatWeighsNothingHasAGradientOfZero(KernelsUnderTest kernels) {
    for (float smoothing : new float[] {0, 0.1f}) {
      SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(smoothing, new float[] {0, 1, 2});
      BatchLoss batch = loss.bind(3, kernels.create());
      float[] x = LaneBatch.toLanes(new float[] {1, -2, 3, 0, 5, -1}, 2);
      float[] gradient = new float[x.length];
      batch.compute(x, new int[] {0, 0}, 2, gradient, Reduction.MEAN);
      assertEquals(0, batch.weight());
      for (float value : gradient) {
        assertEquals(0f, Math.abs(value));
      }
    }
  }
}

package dev.convoy.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.loss.BatchLoss.Reduction;
import dev.convoy.testing.Bits;
import dev.convoy.testing.Golden;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LaneBatch;
import dev.convoy.testing.RandomSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The losses that compare an example's outputs with its target vector, each output by itself. */
class ElementwiseLossesTest {
  private static final int OUTPUTS = 5;
  private static final int IMAGES = 19;

  /** As the golden file names them. */
  private static final Map<String, Loss> GOLDEN =
      new TreeMap<>(
          Map.of(
              "mse", new MeanSquaredError(),
              "l1", new MeanAbsoluteError(),
              "huber(delta=1)", new Huber(),
              "bce_with_logits", new BinaryCrossEntropy()));

  static List<Loss> losses() {
    return List.of(
        new MeanSquaredError(),
        new MeanAbsoluteError(),
        new Huber(),
        new Huber(0.4f),
        new BinaryCrossEntropy(),
        new BinaryCrossEntropy(new float[] {1, 0.25f, 3, 0, 7}));
  }

  static Stream<Arguments> lossesOnEveryKernel() {
    List<Arguments> arguments = new ArrayList<>();
    for (Loss loss : losses()) {
      for (KernelsUnderTest kernels : KernelsUnderTest.values()) {
        arguments.add(Arguments.of(loss, kernels));
      }
    }
    return arguments.stream();
  }

  static Stream<Arguments> golden() {
    return Golden.onEveryKernel("losses", golden -> GOLDEN.containsKey(lossOf(golden)));
  }

  private static String lossOf(Golden golden) {
    return golden.at("/params/loss").asText();
  }

  @Test
  void everyLossOfTheGoldenFileIsTested() {
    TreeSet<String> found = new TreeSet<>();
    Golden.cases("losses").forEach(golden -> found.add(lossOf(golden)));
    TreeSet<String> tested = new TreeSet<>(GOLDEN.keySet());
    tested.add("softmax_cross_entropy");
    assertEquals(tested, found);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("golden")
  void lossAndGradientAgree(Golden golden, KernelsUnderTest kernels) {
    Golden.Tensor x = golden.tensor("/in/x");
    String reduction = golden.at("/params/reduction").asText();
    // Without a reduction, each output is an example of its own.
    boolean each = reduction.equals("none");
    int outputs = each ? 1 : x.shape()[1];
    int images = x.data().length / outputs;
    BatchLoss batch = GOLDEN.get(lossOf(golden)).bind(outputs, kernels.create());
    float[] targets = golden.tensor("/in/target").floats();
    float[] lanes = LaneBatch.toLanes(x.floats(), images);
    float[] gradient = new float[lanes.length];
    boolean mean = reduction.equals("mean");
    batch.compute(lanes, targets, images, gradient, mean ? Reduction.MEAN : Reduction.SUM);
    golden.assertMatches("/grad/dx", LaneBatch.fromLanes(gradient, images, outputs));
    float[] values = {(float) (mean ? batch.sum() / batch.weight() : batch.sum())};
    if (each) {
      values = new float[images];
      for (int i = 0; i < images; i++) {
        float[] one = LaneBatch.toLanes(Arrays.copyOfRange(x.floats(), i, i + 1), 1);
        float[] target = {targets[i]};
        batch.compute(one, target, 1, null, Reduction.SUM);
        values[i] = (float) batch.sum();
      }
    }
    golden.assertMatches("/out/y", values);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("lossesOnEveryKernel")
  void theGradientIsTheSlopeOfTheSum(Loss loss, KernelsUnderTest kernels) {
    RandomSource random = new RandomSource("slope");
    BatchLoss batch = loss.bind(OUTPUTS, kernels.create());
    float step = 1f / 128;
    float[] targets = targets(random, loss);
    float[] x = LaneBatch.toLanes(awayFromKinks(random, targets, 2 * step), IMAGES);
    float[] gradient = new float[x.length];
    batch.compute(x, targets, IMAGES, gradient, Reduction.SUM);
    for (int image = 0; image < IMAGES; image++) {
      for (int c = 0; c < OUTPUTS; c++) {
        int at = LaneBatch.index(image, c, OUTPUTS);
        float before = x[at];
        x[at] = before + step;
        double width = x[at];
        batch.compute(x, targets, IMAGES, null, Reduction.SUM);
        double above = batch.sum();
        x[at] = before - step;
        width -= x[at];
        batch.compute(x, targets, IMAGES, null, Reduction.SUM);
        double slope = (above - batch.sum()) / width;
        x[at] = before;
        // The sum's third derivative is at most 7 · 0.1: the difference is off by step² / 6 of it.
        assertEquals(slope, gradient[at], 1e-4, random.again() + "image " + image + ", " + c);
      }
    }
  }

  /** Values at whose distance from the target no loss above changes its course. */
  private static float[] awayFromKinks(RandomSource random, float[] targets, float gap) {
    float[] x = random.normal(targets.length);
    for (int i = 0; i < x.length; i++) {
      for (float kink : new float[] {0, 0.4f, 1}) {
        if (Math.abs(Math.abs(x[i] - targets[i]) - kink) < gap) {
          x[i] += 3 * gap;
        }
      }
    }
    return x;
  }

  private static float[] targets(RandomSource random, Loss loss) {
    float[] targets = random.normal(IMAGES * OUTPUTS);
    if (loss.vectorTask() == Task.MULTI_LABEL) {
      for (int i = 0; i < targets.length; i++) {
        targets[i] = targets[i] > 0 ? 1 : 0;
      }
    }
    return targets;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("losses")
  void scalarAndVectorKernelsGiveTheSameBits(Loss loss) {
    RandomSource random = new RandomSource("bits");
    float[] x = random.normal(Lanes.blocks(IMAGES) * OUTPUTS * Lanes.WIDTH);
    float[] targets = targets(random, loss);
    float[] scalarGradient = new float[x.length];
    float[] vectorGradient = new float[x.length];
    BatchLoss scalar = loss.bind(OUTPUTS, Kernels.scalar());
    BatchLoss vector = loss.bind(OUTPUTS, Kernels.vector());
    scalar.compute(x, targets, IMAGES, scalarGradient, Reduction.MEAN);
    vector.compute(x, targets, IMAGES, vectorGradient, Reduction.MEAN);
    assertEquals(scalar.sum(), vector.sum(), random.again());
    Bits.assertSame(scalarGradient, vectorGradient, random.again() + "gradient");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("lossesOnEveryKernel")
  void aClassNumberIsItsOneHotVector(Loss loss, KernelsUnderTest kernels) {
    RandomSource random = new RandomSource("oneHot");
    float[] x = LaneBatch.toLanes(random.normal(IMAGES * OUTPUTS), IMAGES);
    int[] labels = new int[IMAGES];
    float[] vectors = new float[IMAGES * OUTPUTS];
    int right = 0;
    for (int i = 0; i < IMAGES; i++) {
      labels[i] = random.nextInt(OUTPUTS);
      vectors[i * OUTPUTS + labels[i]] = 1;
      int best = 0;
      for (int c = 1; c < OUTPUTS; c++) {
        int at = LaneBatch.index(i, best, OUTPUTS);
        best = x[LaneBatch.index(i, c, OUTPUTS)] > x[at] ? c : best;
      }
      right += best == labels[i] ? 1 : 0;
    }
    BatchLoss batch = loss.bind(OUTPUTS, kernels.create());
    float[] ofVectors = new float[x.length];
    batch.compute(x, vectors, IMAGES, ofVectors, Reduction.MEAN);
    double sum = batch.sum();
    float[] ofLabels = new float[x.length];
    batch.compute(x, labels, IMAGES, ofLabels, Reduction.MEAN);
    assertEquals(sum, batch.sum(), random.again());
    assertEquals(IMAGES * OUTPUTS, batch.weight());
    assertEquals(right, batch.correct(), random.again());
    Bits.assertSame(ofVectors, ofLabels, random.again() + "gradient");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("lossesOnEveryKernel")
  void unusedLanesHaveNoLossAndNoGradient(Loss loss, KernelsUnderTest kernels) {
    RandomSource random = new RandomSource("unusedLanes");
    float[] x = LaneBatch.toLanes(random.normal(IMAGES * OUTPUTS), IMAGES);
    float[] targets = targets(random, loss);
    BatchLoss batch = loss.bind(OUTPUTS, kernels.create());
    float[] gradient = random.normal(x.length);
    batch.compute(x, targets, IMAGES, gradient, Reduction.MEAN);
    double sum = batch.sum();
    for (int image = IMAGES; image < 32; image++) {
      for (int c = 0; c < OUTPUTS; c++) {
        int at = LaneBatch.index(image, c, OUTPUTS);
        assertEquals(0, gradient[at], random.again() + "gradient of unused lane " + image);
        x[at] = Float.NaN;
      }
    }
    float[] again = new float[x.length];
    batch.compute(x, targets, IMAGES, again, Reduction.MEAN);
    assertEquals(sum, batch.sum(), random.again());
    Bits.assertSame(gradient, again, random.again() + "gradient");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("lossesOnEveryKernel")
  void isNotFiniteWhereAnOutputIsNotANumber(Loss loss, KernelsUnderTest kernels) {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      float[] x = LaneBatch.toLanes(new float[] {0.5f, bad, 0.5f, 0.5f, 0.5f}, 1);
      for (float target : new float[] {0, 1}) {
        float[] targets = {0, target, 1, 0, 0};
        BatchLoss batch = loss.bind(OUTPUTS, kernels.create());
        batch.compute(x, targets, 1, new float[x.length], Reduction.MEAN);
        assertFalse(Double.isFinite(batch.sum()), bad + " for " + target);
      }
    }
  }

  @Test
  void multiLabelCountsTheShareOfLabelsThatAreRight() {
    BatchLoss batch = new BinaryCrossEntropy().bind(4, Kernels.scalar());
    // At 0, where the probability is one half, the label is not predicted.
    float[] x = LaneBatch.toLanes(new float[] {1, -1, 0, 0, 3, 2, 1, -4}, 2);
    batch.compute(x, new float[] {1, 0, 0, 1, 1, 1, 1, 0}, 2, null, Reduction.SUM);
    assertEquals(1.75, batch.correct());
    batch.compute(x, new float[] {0, 1, 1, 1, 0, 0, 0, 1}, 2, null, Reduction.SUM);
    assertEquals(0, batch.correct());
  }

  @Test
  void regressionHasNoAccuracy() {
    for (Loss loss : List.of(new MeanSquaredError(), new MeanAbsoluteError(), new Huber())) {
      BatchLoss batch = loss.bind(1, Kernels.scalar());
      batch.compute(new float[16], new float[] {0}, 1, null, Reduction.SUM);
      assertTrue(Double.isNaN(batch.correct()), loss.kind());
    }
  }

  @Test
  void logitsOfAnySizeHaveAFiniteLossAndGradient() {
    BatchLoss batch = new BinaryCrossEntropy().bind(2, Kernels.scalar());
    float[] x = LaneBatch.toLanes(new float[] {1e30f, -1e30f, 1e30f, -1e30f, 40, -40}, 3);
    float[] gradient = new float[x.length];
    batch.compute(x, new float[] {1, 0, 0, 1, 1, 0}, 3, gradient, Reduction.SUM);
    assertEquals(2e30, batch.sum(), 1e23);
    // e^-40 is what remains, on both sides: 1 - p would have lost it.
    Bits.assertSame(
        new float[] {0, 0, 1, -1, -4.248354e-18f, 4.248354e-18f},
        LaneBatch.fromLanes(gradient, 3, 2),
        "gradient");
  }

  @Test
  void aPositiveWeightCountsForTargetsOfOneAlone() {
    float[] x = LaneBatch.toLanes(new float[] {0.5f, 0.5f}, 1);
    BatchLoss plain = new BinaryCrossEntropy().bind(2, Kernels.scalar());
    BatchLoss weighted = new BinaryCrossEntropy(new float[] {3, 3}).bind(2, Kernels.scalar());
    double[] plainSums = new double[2];
    double[] weightedSums = new double[2];
    for (int target = 0; target < 2; target++) {
      float[] targets = {target, target};
      plain.compute(x, targets, 1, null, Reduction.SUM);
      weighted.compute(x, targets, 1, null, Reduction.SUM);
      plainSums[target] = plain.sum();
      weightedSums[target] = weighted.sum();
      assertEquals(2, weighted.weight());
    }
    assertEquals(plainSums[0], weightedSums[0]);
    assertEquals(3 * plainSums[1], weightedSums[1], 1e-12);
  }

  @Test
  void refusesWhatDoesNotGoTogether() {
    refused(
        "BinaryCrossEntropy.positiveWeights needs one value an output, 3, but has 2",
        () -> new BinaryCrossEntropy(new float[] {1, 2}).bind(3, Kernels.scalar()));
    refused(
        "BinaryCrossEntropy.positiveWeights must be at least 0, but was -1.0",
        () -> new BinaryCrossEntropy(new float[] {-1}));
    refused("Huber.delta must be above 0, but was 0.0", () -> new Huber(0f));
    BatchLoss softmax = new SoftmaxCrossEntropy().bind(1, Kernels.scalar());
    refused(
        "SoftmaxCrossEntropyBatch needs class numbers, but got target vectors",
        () -> softmax.compute(new float[16], new float[1], 1, null, Reduction.SUM));
  }

  private static void refused(String message, Runnable attempt) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, attempt::run).getMessage());
  }
}

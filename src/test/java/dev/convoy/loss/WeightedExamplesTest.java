package dev.convoy.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.kernel.Kernels;
import dev.convoy.loss.BatchLoss.Reduction;
import dev.convoy.testing.Bits;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LaneBatch;
import dev.convoy.testing.RandomSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses of examples that have weights of their own: {@code Σ w l / Σ w c}. */
class WeightedExamplesTest {
  private static final int OUTPUTS = 4;
  private static final int IMAGES = 21;

  /** How the targets of a batch are given. */
  private enum Given {
    CLASSES,
    VECTORS,
    MIXED
  }

  /** A loss, and how its targets are given. */
  private record Case(Loss loss, Given given) {
    @Override
    public String toString() {
      return loss + " of " + given;
    }
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    List<Loss> ofClasses =
        List.of(
            new SoftmaxCrossEntropy(),
            new SoftmaxCrossEntropy(0.1f, new float[] {1, 0.5f, 3, 0}),
            new BinaryCrossEntropy());
    List<Loss> ofVectors =
        List.of(
            new MeanSquaredError(),
            new MeanAbsoluteError(),
            new Huber(0.4f),
            new BinaryCrossEntropy(new float[] {1, 0.25f, 3, 0}));
    ofClasses.forEach(loss -> cases.add(new Case(loss, Given.CLASSES)));
    ofVectors.forEach(loss -> cases.add(new Case(loss, Given.VECTORS)));
    ofClasses.forEach(loss -> cases.add(new Case(loss, Given.MIXED)));
    return cases;
  }

  static Stream<Arguments> onEveryKernel() {
    return cases().stream()
        .flatMap(c -> Arrays.stream(KernelsUnderTest.values()).map(k -> Arguments.of(c, k)));
  }

  /** Examples with the outputs that a network has for them, one after the other. */
  private record Batch(float[] x, int[] labels, float[] vectors, float[] weights) {
    static Batch random(RandomSource random, Case tested) {
      float[] x = random.normal(IMAGES * OUTPUTS);
      int[] labels = new int[IMAGES];
      float[] vectors = new float[IMAGES * OUTPUTS];
      float[] weights = new float[IMAGES];
      for (int i = 0; i < IMAGES; i++) {
        labels[i] = random.nextInt(OUTPUTS);
        weights[i] = i % 5 == 0 ? 0 : 0.25f * random.nextInt(12);
        for (int c = 0; c < OUTPUTS; c++) {
          boolean has = random.nextInt(2) == 1;
          vectors[i * OUTPUTS + c] = tested.given() == Given.MIXED ? 0 : has ? 1 : 0;
        }
        if (tested.given() == Given.MIXED) {
          vectors[i * OUTPUTS + labels[i]] += 0.75f;
          vectors[i * OUTPUTS + random.nextInt(OUTPUTS)] += 0.25f;
        }
      }
      return new Batch(x, labels, vectors, weights);
    }

    int images() {
      return labels.length;
    }

    /** The same, each example as often as {@code times} says. */
    Batch repeated(int[] times) {
      int[] from = new int[Arrays.stream(times).sum()];
      int next = 0;
      for (int i = 0; i < times.length; i++) {
        for (int t = 0; t < times[i]; t++) {
          from[next++] = i;
        }
      }
      float[] newX = new float[from.length * OUTPUTS];
      float[] newVectors = new float[from.length * OUTPUTS];
      int[] newLabels = new int[from.length];
      for (int i = 0; i < from.length; i++) {
        newLabels[i] = labels[from[i]];
        System.arraycopy(x, from[i] * OUTPUTS, newX, i * OUTPUTS, OUTPUTS);
        System.arraycopy(vectors, from[i] * OUTPUTS, newVectors, i * OUTPUTS, OUTPUTS);
      }
      return new Batch(newX, newLabels, newVectors, weights);
    }

    Batch with(float[] otherX) {
      return new Batch(otherX, labels, vectors, weights);
    }
  }

  /** The gradient, an example after the other. */
  private static float[] compute(
      BatchLoss loss, Case tested, Batch batch, float[] weights, Reduction reduction) {
    int n = batch.images();
    float[] lanes = LaneBatch.toLanes(batch.x(), n);
    float[] gradient = new float[lanes.length];
    Arrays.fill(gradient, Float.NaN);
    switch (tested.given()) {
      case CLASSES -> loss.compute(lanes, batch.labels(), weights, n, gradient, reduction);
      case VECTORS -> loss.compute(lanes, batch.vectors(), weights, n, gradient, reduction);
      case MIXED ->
          loss.computeMixed(
              lanes, batch.vectors(), batch.labels(), weights, n, gradient, reduction);
    }
    return LaneBatch.fromLanes(gradient, n, OUTPUTS);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("onEveryKernel")
  void theGradientIsTheSlope(Case tested, KernelsUnderTest kernels) {
    RandomSource random = new RandomSource("weightedSlope");
    Batch batch = Batch.random(random, tested);
    BatchLoss loss = tested.loss().bind(OUTPUTS, kernels.create());
    float step = 1f / 256;
    for (int i = 0; i < batch.x().length; i++) {
      // No loss above changes its course so near.
      float error = Math.abs(batch.x()[i] - batch.vectors()[i]);
      for (float kink : new float[] {0, 0.4f}) {
        batch.x()[i] += Math.abs(error - kink) < 2 * step ? 8 * step : 0;
      }
    }
    for (Reduction reduction : Reduction.values()) {
      float[] gradient = compute(loss, tested, batch, batch.weights(), reduction);
      double scale = reduction == Reduction.SUM ? 1 : loss.weight();
      for (int i = 0; i < gradient.length; i++) {
        double above = moved(loss, tested, batch, i, step);
        double below = moved(loss, tested, batch, i, -step);
        double slope = (above - below) / (2 * step) / scale;
        assertEquals(slope, gradient[i], 5e-4 / scale, random.again() + reduction + " " + i);
      }
    }
  }

  private static double moved(BatchLoss loss, Case tested, Batch batch, int value, float by) {
    float[] x = batch.x().clone();
    x[value] += by;
    compute(loss, tested, batch.with(x), batch.weights(), Reduction.SUM);
    return loss.sum();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("onEveryKernel")
  void weightsOfZeroOneAndTwoAreExamplesLeftOutTakenAndRepeated(
      Case tested, KernelsUnderTest kernels) {
    RandomSource random = new RandomSource("repeated");
    Batch batch = Batch.random(random, tested);
    int[] times = new int[IMAGES];
    float[] weights = new float[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      times[i] = random.nextInt(3);
      weights[i] = times[i];
    }
    BatchLoss loss = tested.loss().bind(OUTPUTS, kernels.create());
    float[] gradient = compute(loss, tested, batch, weights, Reduction.MEAN);
    double[] figures = {loss.mean(), loss.weight(), loss.counted(), right(loss)};
    Batch repeated = batch.repeated(times);
    float[] expected = compute(loss, tested, repeated, null, Reduction.MEAN);
    double[] all = {loss.mean(), loss.weight(), loss.counted(), right(loss)};
    assertEquals(repeated.images(), loss.counted());
    for (int i = 0; i < all.length; i++) {
      assertEquals(all[i], figures[i], 1e-6 * Math.max(1, all[i]), random.again() + i);
    }
    int next = 0;
    for (int i = 0; i < IMAGES; i++) {
      for (int c = 0; c < OUTPUTS; c++) {
        float once = times[i] == 0 ? 0 : expected[next * OUTPUTS + c];
        assertEquals(times[i] * once, gradient[i * OUTPUTS + c], 1e-7, random.again() + i);
      }
      next += times[i];
    }
  }

  /** How many were right; -1 in regression, which has none. */
  private static double right(BatchLoss loss) {
    return Double.isNaN(loss.correct()) ? -1 : loss.correct();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("onEveryKernel")
  void weightsOfOneChangeNoBit(Case tested, KernelsUnderTest kernels) {
    Batch batch = Batch.random(new RandomSource("ones"), tested);
    float[] ones = new float[IMAGES];
    Arrays.fill(ones, 1);
    BatchLoss loss = tested.loss().bind(OUTPUTS, kernels.create());
    for (Reduction reduction : Reduction.values()) {
      float[] expected = compute(loss, tested, batch, null, reduction);
      double[] figures = {loss.sum(), loss.weight(), loss.counted(), loss.correct()};
      Bits.assertSame(expected, compute(loss, tested, batch, ones, reduction), "gradient");
      assertTrue(
          Arrays.equals(
              figures, new double[] {loss.sum(), loss.weight(), loss.counted(), loss.correct()}));
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("onEveryKernel")
  void examplesThatAllWeighNothingHaveNoLossAndNoGradient(Case tested, KernelsUnderTest kernels) {
    Batch batch = Batch.random(new RandomSource("nothing"), tested);
    Arrays.fill(batch.x(), 0, 2 * OUTPUTS, Float.NaN);
    batch.x()[2 * OUTPUTS] = Float.POSITIVE_INFINITY;
    BatchLoss loss = tested.loss().bind(OUTPUTS, kernels.create());
    for (Reduction reduction : Reduction.values()) {
      float[] gradient = compute(loss, tested, batch, new float[IMAGES], reduction);
      Bits.assertSame(new float[IMAGES * OUTPUTS], gradient, "gradient");
      assertEquals(0, loss.sum());
      assertEquals(0, loss.mean());
      assertEquals(0, loss.weight());
      assertEquals(0, loss.counted());
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("onEveryKernel")
  void weightsCountBesideEachOtherHoweverSmall(Case tested, KernelsUnderTest kernels) {
    Batch batch = Batch.random(new RandomSource("small"), tested);
    BatchLoss loss = tested.loss().bind(OUTPUTS, kernels.create());
    float[] expected = compute(loss, tested, batch, batch.weights(), Reduction.MEAN);
    float[] small = batch.weights().clone();
    for (int i = 0; i < small.length; i++) {
      small[i] *= 0x1p-140f;
    }
    float[] gradient = compute(loss, tested, batch, small, Reduction.MEAN);
    for (int i = 0; i < gradient.length; i++) {
      assertEquals(expected[i], gradient[i], 1e-7);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void scalarAndVectorKernelsGiveTheSameBits(Case tested) {
    Batch batch = Batch.random(new RandomSource("twins"), tested);
    BatchLoss scalar = tested.loss().bind(OUTPUTS, Kernels.scalar());
    BatchLoss vector = tested.loss().bind(OUTPUTS, Kernels.vector());
    Bits.assertSame(
        compute(scalar, tested, batch, batch.weights(), Reduction.MEAN),
        compute(vector, tested, batch, batch.weights(), Reduction.MEAN),
        "gradient");
    assertEquals(scalar.sum(), vector.sum());
    assertEquals(scalar.correct(), vector.correct());
  }

  /** Of classes that weigh 1 and 3, examples of weight 2 and 5: 2·1 l + 5·3 l, over 2·1 + 5·3. */
  @ParameterizedTest
  @EnumSource
  void classWeightsCountTimesThoseOfExamples(KernelsUnderTest kernels) {
    BatchLoss loss = new SoftmaxCrossEntropy(0, new float[] {1, 3}).bind(2, kernels.create());
    float[] x = LaneBatch.toLanes(new float[] {2, 0, 0, 0}, 2);
    loss.compute(x, new int[] {0, 1}, new float[] {2, 5}, 2, null, Reduction.MEAN);
    assertEquals(17, loss.weight());
    assertEquals(7, loss.counted());
    double sum = 2 * Math.log1p(Math.exp(-2)) + 15 * Math.log(2);
    assertEquals(sum, loss.sum(), 1e-6);
    assertEquals(sum / 17, loss.mean(), 1e-7);
    // The second's largest output is the first of equal ones: wrong.
    assertEquals(2, loss.correct());
  }
}

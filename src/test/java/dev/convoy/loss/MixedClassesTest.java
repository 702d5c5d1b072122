package dev.convoy.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.loss.BatchLoss.Reduction;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LaneBatch;
import dev.convoy.testing.RandomSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses of images that are mixtures of classes. */
class MixedClassesTest {
  private static final int CLASSES = 5;
  private static final int IMAGES = 19;
  private static final float[] WEIGHTS = {1, 0.5f, 2, 3, 0.25f};

  private final RandomSource random = new RandomSource("mixed classes");
  private final float[] x = LaneBatch.toLanes(random.normal(IMAGES * CLASSES), IMAGES);
  private final int[] first = labels();
  private final int[] second = labels();

  private int[] labels() {
    int[] labels = new int[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      labels[i] = random.nextInt(CLASSES);
    }
    return labels;
  }

  private float[] shares(float ofFirst) {
    float[] shares = new float[IMAGES * CLASSES];
    for (int i = 0; i < IMAGES; i++) {
      shares[i * CLASSES + first[i]] += ofFirst;
      shares[i * CLASSES + second[i]] += 1 - ofFirst;
    }
    return shares;
  }

  private static float[] gradient() {
    float[] gradient = new float[Lanes.blocks(IMAGES) * CLASSES * Lanes.WIDTH];
    Arrays.fill(gradient, 1e30f);
    return gradient;
  }

  static Stream<Arguments> losses() {
    List<Loss> losses =
        List.of(
            new SoftmaxCrossEntropy(),
            new SoftmaxCrossEntropy(0.1f, WEIGHTS),
            new BinaryCrossEntropy(),
            new MeanSquaredError(),
            new MeanAbsoluteError(),
            new Huber());
    return losses.stream()
        .flatMap(
            loss ->
                Stream.of(KernelsUnderTest.values()).map(kernels -> Arguments.of(loss, kernels)));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void theWholeOfOneClassIsThatClass(Loss loss, KernelsUnderTest kernels) {
    BatchLoss batch = loss.bind(CLASSES, kernels.create());
    for (Reduction reduction : Reduction.values()) {
      float[] expected = gradient();
      batch.compute(x, first, IMAGES, expected, reduction);
      final double sum = batch.sum();
      final double weight = batch.weight();
      final double correct = batch.correct();
      float[] actual = gradient();
      batch.computeMixed(x, shares(1), first, IMAGES, actual, reduction);
      assertEquals(sum, batch.sum(), 1e-5);
      assertEquals(weight, batch.weight(), 1e-9);
      assertEquals(correct, batch.correct());
      assertArrayEquals(expected, actual, 1e-6f);
    }
  }

  @ParameterizedTest
  @EnumSource
  void crossEntropyOfAMixtureIsTheMixtureOfCrossEntropies(KernelsUnderTest kernels) {
    BatchLoss batch = new SoftmaxCrossEntropy(0.1f, WEIGHTS).bind(CLASSES, kernels.create());
    float[] ofFirst = gradient();
    batch.compute(x, first, IMAGES, ofFirst, Reduction.SUM);
    double sum = 0.7 * batch.sum();
    double weight = 0.7 * batch.weight();
    float[] ofSecond = gradient();
    batch.compute(x, second, IMAGES, ofSecond, Reduction.SUM);
    sum += 0.3 * batch.sum();
    weight += 0.3 * batch.weight();
    float[] ofBoth = gradient();
    batch.computeMixed(x, shares(0.7f), first, IMAGES, ofBoth, Reduction.SUM);
    assertEquals(sum, batch.sum(), 1e-5);
    assertEquals(weight, batch.weight(), 1e-6);
    for (int i = 0; i < ofBoth.length; i++) {
      assertEquals(0.7f * ofFirst[i] + 0.3f * ofSecond[i], ofBoth[i], 1e-6f);
    }
  }
}

package dev.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.ImageBlock;
import dev.convoy.image.Targets;
import dev.convoy.image.augment.Mixup;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.BinaryCrossEntropy;
import dev.convoy.loss.Huber;
import dev.convoy.loss.Loss;
import dev.convoy.loss.MeanAbsoluteError;
import dev.convoy.loss.MeanSquaredError;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.nn.Weights;
import dev.convoy.optim.Adam;
import dev.convoy.optim.Adamw;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.Rmsprop;
import dev.convoy.optim.Sgd;
import dev.convoy.testing.Bits;
import dev.convoy.testing.VectorTraining;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.Contribution;
import dev.convoy.train.round.ContributionFormat;
import dev.convoy.train.round.LocalRounds;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.score.Evaluation;
import dev.convoy.train.score.Evaluator;
import dev.convoy.train.score.LabelScores;
import dev.convoy.train.score.ValueScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Training on examples that have weights. */
class WeightedTrainingTest {
  private static final int EXAMPLES = 23;

  static Stream<Loss> losses() {
    return Stream.of(
        new SoftmaxCrossEntropy(),
        new SoftmaxCrossEntropy(0.1f, new float[] {1, 0.5f, 3, 2}),
        new BinaryCrossEntropy(),
        new BinaryCrossEntropy(new float[] {1, 0.25f, 3, 2}),
        new MeanSquaredError(),
        new MeanAbsoluteError(),
        new Huber(0.4f));
  }

  static Stream<Arguments> ways() {
    List<Optimizer> optimizers =
        List.of(
            Sgd.of(0.05f, 0),
            new Sgd(0.05f, 0.9f, true, 0, 0.001f),
            Adam.of(0.003f),
            Adamw.of(0.003f, 0.1f),
            Rmsprop.of(0.001f));
    return losses()
        .flatMap(
            loss ->
                optimizers.stream()
                    .flatMap(
                        optimizer ->
                            Arrays.stream(Averaging.values())
                                .map(averaging -> Arguments.of(loss, optimizer, averaging))));
  }

  /** How often an example is taken: its weight. */
  private static int times(int id) {
    return id * 7 % 3;
  }

  private static ImageBlock weighing(ImageBlock block, IntToDoubleFunction weight) {
    float[] weights = new float[block.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) weight.applyAsDouble(block.ids()[i]);
    }
    Targets weighted = block.targets().resized(block.size()).weighing(weights);
    return new ImageBlock(block.shape(), block.ids(), weighted, block.pixels());
  }

  private static TrainingPlan plan(
      Loss loss,
      Optimizer optimizer,
      Averaging averaging,
      int examples,
      int workers,
      int batchSize,
      int steps) {
    return VectorTraining.plan(
        loss, optimizer, averaging, examples, workers, batchSize, steps, false);
  }

  private static State run(TrainingPlan plan, List<ImageBlock> blocks, TrainingListener listener) {
    State first = State.initial(plan, plan.network().initialWeights(plan.seed()));
    LocalRounds rounds = new LocalRounds(plan, blocks, Kernels.chosen());
    return new Trainer(plan, rounds, null, listener, () -> false).run(first);
  }

  private static State run(TrainingPlan plan, List<ImageBlock> blocks) {
    return run(plan, blocks, new TrainingListener() {});
  }

  /** The blocks of a plan, whose images have these weights. */
  private static List<ImageBlock> blocks(TrainingPlan plan, IntToDoubleFunction weight) {
    return VectorTraining.blocks(plan.loss(), plan.sampler()).stream()
        .map(block -> weighing(block, weight))
        .toList();
  }

  /** Two epochs of one batch each, in which all examples are. */
  @ParameterizedTest
  @MethodSource("ways")
  void weightsOfZeroOneAndTwoAreExamplesLeftOutTakenAndRepeated(
      Loss loss, Optimizer optimizer, Averaging averaging) {
    TrainingPlan weighted = plan(loss, optimizer, averaging, EXAMPLES, 1, EXAMPLES, 1);
    int[] taken =
        IntStream.range(0, EXAMPLES)
            .flatMap(id -> IntStream.generate(() -> id).limit(times(id)))
            .toArray();
    TrainingPlan repeated = plan(loss, optimizer, averaging, taken.length, 1, taken.length, 1);
    List<EpochResult> figures = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onEpoch(EpochResult epoch) {
            figures.add(epoch);
          }
        };
    State actual = run(weighted, blocks(weighted, WeightedTrainingTest::times), listener);
    State expected = run(repeated, List.of(VectorTraining.block(loss, taken)), listener);
    assertClose(expected.parameters(), actual.parameters(), 1e-6, "parameter ");
    assertClose(expected.optimizerState(), actual.optimizerState(), 1e-6, "optimizer state ");
    for (int epoch = 0; epoch < 2; epoch++) {
      EpochResult once = figures.get(2 + epoch);
      assertEquals(once.trainLoss(), figures.get(epoch).trainLoss(), 1e-5);
      boolean scored = !Double.isNaN(once.trainAccuracy());
      assertEquals(scored, !Double.isNaN(figures.get(epoch).trainAccuracy()));
      assertEquals(
          scored ? once.trainAccuracy() : 0,
          scored ? figures.get(epoch).trainAccuracy() : 0,
          1e-12);
      assertEquals(EXAMPLES, figures.get(epoch).examples());
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void weightsOfOneChangeNoBit(Loss loss) {
    TrainingPlan plan = plan(loss, Sgd.of(0.05f, 0.9f), Averaging.PARAMETERS, 40, 2, 5, 4);
    State plain = run(plan, VectorTraining.blocks(loss, plan.sampler()));
    Bits.assertSame(
        plain.parameters(), run(plan, blocks(plan, id -> 1)).parameters(), "parameters");
    assertFalse(
        Arrays.equals(plain.parameters(), run(plan, blocks(plan, id -> 1 + id % 2)).parameters()));
  }

  private static double weight(int id) {
    return 0.25 * (id * 5 % 9);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void gradientAveragingOfFourWorkersEqualsOneBigBatch(Loss loss) {
    for (Optimizer optimizer : List.of(Sgd.of(0.05f, 0.9f), Adam.of(0.003f))) {
      TrainingPlan four = plan(loss, optimizer, Averaging.GRADIENTS, 40, 4, 5, 1);
      TrainingPlan one = plan(loss, optimizer, Averaging.GRADIENTS, 40, 1, 20, 1);
      State expected = run(one, blocks(one, WeightedTrainingTest::weight));
      State actual = run(four, blocks(four, WeightedTrainingTest::weight));
      assertClose(expected.parameters(), actual.parameters(), 2e-5, "parameter ");
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void parameterAveragingAfterEachStepOfDescentEqualsGradientAveraging(Loss loss) {
    Optimizer optimizer = Sgd.of(0.05f, 0.9f);
    TrainingPlan gradients = plan(loss, optimizer, Averaging.GRADIENTS, 40, 4, 5, 1);
    TrainingPlan parameters = plan(loss, optimizer, Averaging.PARAMETERS, 40, 4, 5, 1);
    assertClose(
        run(gradients, blocks(gradients, WeightedTrainingTest::weight)).parameters(),
        run(parameters, blocks(parameters, WeightedTrainingTest::weight)).parameters(),
        2e-5,
        "parameter ");
  }

  /** Three workers of two steps each: each worker's part is its sum of weights, of both steps. */
  @ParameterizedTest
  @EnumSource
  void contributionsAreWeightedByTheirSumsOfWeights(ContributionFormat format) {
    for (Loss loss : List.of(new SoftmaxCrossEntropy(), new MeanSquaredError())) {
      TrainingPlan plan =
          plan(loss, Sgd.of(0.05f, 0.9f), Averaging.PARAMETERS, 24, 3, 4, 2)
              .withContributions(format);
      State start = State.initial(plan, plan.network().initialWeights(7));
      LocalRounds rounds =
          new LocalRounds(plan, blocks(plan, id -> id % 3 == 0 ? 4 : weight(id)), Kernels.chosen());
      List<Contribution> contributions = rounds.run(start, 1, 1);
      double[] sums = new double[3];
      int outputs = loss instanceof MeanSquaredError ? VectorTraining.OUTPUTS : 1;
      for (int id = 0; id < 24; id++) {
        // Worker k's step s takes the examples from (3 s + k) · 4 on.
        sums[id / 4 % 3] += id % 3 == 0 ? 4 : weight(id);
      }
      double all = Arrays.stream(sums).sum();
      float[] mean = new float[start.parameters().length];
      for (int i = 0; i < mean.length; i++) {
        double sum = 0;
        for (int k = 0; k < 3; k++) {
          sum += sums[k] * contributions.get(k).values()[i];
        }
        float base = format == ContributionFormat.BFLOAT16 ? start.parameters()[i] : 0;
        mean[i] = (float) (base + sum / all);
      }
      for (int k = 0; k < 3; k++) {
        assertEquals(sums[k], contributions.get(k).counted(), 1e-12);
        assertEquals(outputs * sums[k], contributions.get(k).weight(), 1e-12);
        assertEquals(8, contributions.get(k).examples());
      }
      assertFalse(sums[0] == sums[1] && sums[1] == sums[2]);
      assertClose(mean, rounds.average(contributions).parameters(), 1e-7, "parameter ");
    }
  }

  /** The mean gradient is the sum of all gradients over the sum of all weights. */
  @Test
  void gradientsAreDividedByAllWeights() {
    Loss loss = new MeanSquaredError();
    TrainingPlan plan = plan(loss, Sgd.of(1f, 0), Averaging.GRADIENTS, 24, 3, 4, 1);
    State start = State.initial(plan, plan.network().initialWeights(7));
    LocalRounds rounds =
        new LocalRounds(plan, blocks(plan, WeightedTrainingTest::weight), Kernels.chosen());
    List<Contribution> contributions = rounds.run(start, 1, 1);
    double all = 0;
    for (int id = 0; id < 12; id++) {
      all += VectorTraining.OUTPUTS * weight(id);
    }
    float[] expected = start.parameters().clone();
    for (int i = 0; i < expected.length; i++) {
      double sum = 0;
      for (Contribution contribution : contributions) {
        sum += contribution.values()[i];
      }
      expected[i] -= (float) (sum / all);
    }
    assertClose(expected, rounds.average(contributions).parameters(), 1e-6, "parameter ");
  }

  @ParameterizedTest
  @EnumSource
  void roundsThatWeighNothingLeaveTheParametersAsTheyAre(Averaging averaging) {
    for (Loss loss : losses().toList()) {
      TrainingPlan plan =
          plan(
              loss, Sgd.of(0.1f, 0), averaging, 24, 3, 4, averaging == Averaging.GRADIENTS ? 1 : 2);
      List<RoundResult> results = new ArrayList<>();
      TrainingListener listener =
          new TrainingListener() {
            @Override
            public void onRound(RoundResult round) {
              results.add(round);
            }
          };
      State after = run(plan, blocks(plan, id -> 0), listener);
      float[] start = plan.network().initialWeights(plan.seed()).parameters();
      assertClose(start, after.parameters(), 1e-7, "parameter ");
      assertTrue(results.stream().allMatch(round -> round.loss() == 0));
    }
  }

  @Test
  void aMixedImageWeighsTheMixtureOfBothWeights() {
    Loss loss = new SoftmaxCrossEntropy();
    TrainingPlan plan =
        plan(loss, Sgd.of(0.1f, 0), Averaging.GRADIENTS, 16, 1, 16, 1)
            .withAugment(List.of(new Mixup(1.0, 1.0)));
    State start = State.initial(plan, plan.network().initialWeights(7));
    List<Contribution> alike =
        new LocalRounds(plan, blocks(plan, id -> 3), Kernels.chosen()).run(start, 1, 1);
    List<Contribution> once =
        new LocalRounds(plan, blocks(plan, id -> 1), Kernels.chosen()).run(start, 1, 1);
    assertEquals(48, alike.get(0).counted(), 1e-5);
    assertEquals(3 * once.get(0).lossSum(), alike.get(0).lossSum(), 1e-5);
    double mixed =
        new LocalRounds(plan, blocks(plan, id -> id % 2 == 0 ? 0 : 2), Kernels.chosen())
            .run(start, 1, 1)
            .get(0)
            .counted();
    assertTrue(mixed > 0 && mixed < 32 && mixed != Math.rint(mixed), "" + mixed);
  }

  private static Evaluation evaluate(TrainingPlan plan, Weights weights, ImageBlock block) {
    return new Evaluator(plan.network(), weights, plan.normalization(), Kernels.chosen())
        .evaluate(block, plan.loss());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void evaluationsAreWeightedAlike(Loss loss) {
    TrainingPlan plan = plan(loss, Sgd.of(0.1f, 0), Averaging.GRADIENTS, 70, 1, 70, 1);
    Weights weights = plan.network().initialWeights(7);
    int[] all = IntStream.range(0, 70).toArray();
    int[] taken =
        IntStream.of(all).flatMap(id -> IntStream.generate(() -> id).limit(times(id))).toArray();
    ImageBlock weighted = weighing(VectorTraining.block(loss, all), WeightedTrainingTest::times);
    Evaluation actual =
        Evaluation.join(
            List.of(
                evaluate(plan, weights, weighted),
                evaluate(plan, weights, VectorTraining.block(loss, new int[] {0, 1}))));
    Evaluation expected =
        Evaluation.join(
            List.of(
                evaluate(plan, weights, VectorTraining.block(loss, taken)),
                evaluate(plan, weights, VectorTraining.block(loss, new int[] {0, 1}))));
    assertEquals(72, actual.examples());
    assertEquals(72, actual.weights().length);
    assertEquals(0, expected.weights().length);
    assertEquals(taken.length + 2, actual.counted());
    assertEquals(expected.loss(), actual.loss(), 1e-6);
    assertEquals(expected.amongFirst(), actual.amongFirst());
    if (actual.scores() instanceof ValueScores values) {
      ValueScores once = (ValueScores) expected.scores();
      assertEquals(once.meanAbsoluteError(1), values.meanAbsoluteError(1), 1e-6);
      assertEquals(once.rootMeanSquaredError(), values.rootMeanSquaredError(), 1e-6);
    } else {
      assertEquals(expected.accuracy(), actual.accuracy(), 1e-12);
    }
    if (actual.scores() instanceof LabelScores labels) {
      LabelScores once = (LabelScores) expected.scores();
      assertEquals(once.precision(1), labels.precision(1), 1e-12);
      assertEquals(once.examples(0), labels.examples(0));
    }
  }

  private static void assertClose(float[] expected, float[] actual, double tolerance, String what) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], tolerance, what + i);
    }
  }
}

package dev.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.ImageBlock;
import dev.convoy.image.Targets;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.BinaryCrossEntropy;
import dev.convoy.loss.Huber;
import dev.convoy.loss.Loss;
import dev.convoy.loss.MeanAbsoluteError;
import dev.convoy.loss.MeanSquaredError;
import dev.convoy.loss.OutputActivation;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.loss.Task;
import dev.convoy.nn.Fingerprint;
import dev.convoy.nn.Weights;
import dev.convoy.optim.Adam;
import dev.convoy.optim.Sgd;
import dev.convoy.testing.Bits;
import dev.convoy.testing.Golden;
import dev.convoy.testing.SmallTraining;
import dev.convoy.testing.VectorTraining;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.LocalRounds;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.score.Evaluation;
import dev.convoy.train.score.Evaluator;
import dev.convoy.train.score.LabelScores;
import dev.convoy.train.score.ValueScores;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Training and evaluation on target vectors, by every loss. */
class VectorTrainingTest {
  /** Two epochs of batches of 20, of which the last has 13: one worker has 3 of them, one none. */
  private static final int EXAMPLES = 133;

  /** Sums in another order differ by some 1e-7 a step; a wrong weight of a batch by 1e-2. */
  private static final double TOLERANCE = 2e-5;

  static List<Loss> losses() {
    return List.of(
        new SoftmaxCrossEntropy(0.1f, new float[] {1, 2, 0.5f, 1}),
        new BinaryCrossEntropy(new float[] {1, 2, 0.5f, 4}),
        new MeanSquaredError(),
        new MeanAbsoluteError(),
        new Huber(0.3f));
  }

  private static TrainingPlan plan(
      Loss loss, Averaging averaging, int workers, int batchSize, int steps, boolean shuffle) {
    return VectorTraining.plan(
        loss, Sgd.of(0.05f, 0.9f), averaging, EXAMPLES, workers, batchSize, steps, shuffle);
  }

  private static State run(TrainingPlan plan, Kernels kernels, TrainingListener listener) {
    State first = State.initial(plan, plan.network().initialWeights(plan.seed()));
    LocalRounds rounds =
        new LocalRounds(plan, VectorTraining.blocks(plan.loss(), plan.sampler()), kernels);
    return new Trainer(plan, rounds, null, listener, () -> false).run(first);
  }

  private static State run(TrainingPlan plan) {
    return run(plan, Kernels.chosen(), new TrainingListener() {});
  }

  @ParameterizedTest
  @MethodSource("losses")
  void gradientAveragingOfFourWorkersEqualsOneBigBatch(Loss loss) {
    State four = run(plan(loss, Averaging.GRADIENTS, 4, 5, 1, false));
    State one = run(plan(loss, Averaging.PARAMETERS, 1, 20, 1, false));
    assertEquals(one.step(), four.step());
    for (int i = 0; i < four.parameters().length; i++) {
      Golden.assertClose(one.parameters()[i], four.parameters()[i], TOLERANCE, "parameter " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void scalarAndVectorKernelsTrainAlike(Loss loss) {
    TrainingPlan plan = plan(loss, Averaging.PARAMETERS, 3, 7, 2, true);
    TrainingListener nobody = new TrainingListener() {};
    assertEquals(
        Fingerprint.sha256(run(plan, Kernels.scalar(), nobody).parameters()),
        Fingerprint.sha256(run(plan, Kernels.vector(), nobody).parameters()));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void trainingLearns(Loss loss) {
    List<EpochResult> epochs = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onEpoch(EpochResult epoch) {
            epochs.add(epoch);
          }
        };
    run(plan(loss, Averaging.PARAMETERS, 2, 5, 2, true), Kernels.chosen(), listener);
    double first = epochs.get(0).trainLoss();
    double second = epochs.get(1).trainLoss();
    assertTrue(second < 0.9 * first, first + " then " + second);
    double accuracy = epochs.get(1).trainAccuracy();
    assertEquals(loss.vectorTask() == Task.REGRESSION, Double.isNaN(accuracy));
  }

  @Test
  void severalLabelsAnImageAreLearnt() {
    Loss loss = new BinaryCrossEntropy();
    TrainingPlan plan =
        VectorTraining.plan(loss, Adam.of(0.01f), Averaging.PARAMETERS, 2000, 2, 10, 4, true);
    Weights weights = run(plan).weights();
    int[] others = IntStream.range(5000, 5500).toArray();
    Evaluation evaluation =
        evaluator(plan, weights).evaluate(VectorTraining.block(loss, others), loss);
    // The mean of an image's 60 pixels has a deviation of 5, and classes lie 32 apart.
    assertTrue(evaluation.accuracy() > 0.97, "accuracy " + evaluation.accuracy());
    LabelScores scores = (LabelScores) evaluation.scores();
    for (int label = 0; label < 3; label++) {
      assertTrue(scores.f1(label) > 0.9, "F1 of " + label + " is " + scores.f1(label));
    }
    assertEquals(0, scores.examples(3), "no image is that bright");
  }

  private static Evaluator evaluator(TrainingPlan plan, Weights weights) {
    return new Evaluator(plan.network(), weights, plan.normalization(), Kernels.chosen());
  }

  /** A network that gives its biases alone. */
  private static Weights constant(float... outputs) {
    float[] parameters = new float[SmallTraining.NETWORK.parameterCount()];
    System.arraycopy(outputs, 0, parameters, parameters.length - outputs.length, outputs.length);
    return Weights.of(parameters);
  }

  private static ImageBlock images(Targets targets) {
    ImageBlock images =
        SmallTraining.block(IntStream.range(0, targets.size()).toArray(), 0, targets.size());
    return new ImageBlock(images.shape(), images.ids(), targets, images.pixels());
  }

  @Test
  void labelsAreCountedByHowTheyWereTaken() {
    Loss loss = new BinaryCrossEntropy();
    TrainingPlan plan = plan(loss, Averaging.PARAMETERS, 1, 5, 1, false);
    Evaluator evaluator = evaluator(plan, constant(2, -1, 0, 0.5f));
    byte[] first = {1, 0, 1, 0, 1, 1, 0, 0};
    byte[] second = {0, 0, 0, 1};
    Evaluation evaluation =
        Evaluation.join(
            List.of(
                evaluator.evaluate(images(Targets.bytes(4, first)), loss),
                evaluator.evaluate(images(Targets.bytes(4, second)), loss)));
    LabelScores scores = (LabelScores) evaluation.scores();
    assertArrayEquals(new double[] {2, 0, 0, 1}, scores.truePositives());
    assertArrayEquals(new double[] {1, 0, 0, 2}, scores.falsePositives());
    assertArrayEquals(new double[] {0, 1, 1, 0}, scores.falseNegatives());
    assertEquals(2 / 3.0, scores.precision(0));
    assertEquals(1, scores.recall(0));
    assertEquals(0.8, scores.f1(0));
    assertEquals(0, scores.precision(1), "it was never predicted");
    assertEquals(0, scores.f1(1));
    assertEquals(1, scores.examples(1));
    // 2, 2 and 3 of 4 labels each.
    assertEquals(7 / 12.0, evaluation.accuracy(), 1e-15);
    assertEquals(12, evaluation.weight());
    assertEquals(3, evaluation.examples());
  }

  @Test
  void errorsOfNumbersAreMeansOverAllExamples() {
    Loss loss = new Huber(1f);
    TrainingPlan plan = plan(loss, Averaging.PARAMETERS, 1, 5, 1, false);
    Evaluator evaluator = evaluator(plan, constant(2, -1, 0, 0.5f));
    float[] first = {2, -1, 0, 0.5f, 5, -1, 1, 0.5f};
    float[] second = {2, -1, 1, -1.5f};
    Evaluation evaluation =
        Evaluation.join(
            List.of(
                evaluator.evaluate(images(Targets.floats(4, first)), loss),
                evaluator.evaluate(images(Targets.floats(4, second)), loss)));
    ValueScores scores = (ValueScores) evaluation.scores();
    assertEquals(1, scores.meanAbsoluteError(0));
    assertEquals(Math.sqrt(3), scores.rootMeanSquaredError(0));
    assertEquals(0, scores.meanAbsoluteError(1));
    assertEquals(7 / 12.0, scores.meanAbsoluteError());
    assertEquals(Math.sqrt(15 / 12.0), scores.rootMeanSquaredError());
    // Errors of 3, 1, 1 and 2.
    assertEquals((2.5 + 0.5 + 0.5 + 1.5) / 12, evaluation.loss(), 1e-15);
    assertTrue(Double.isNaN(evaluation.accuracy()));
  }

  @Test
  void predictionsAreOutputsThroughTheirActivation() {
    TrainingPlan plan = plan(new BinaryCrossEntropy(), Averaging.PARAMETERS, 1, 5, 1, false);
    Evaluator evaluator = evaluator(plan, constant(2, -1, 0, 0.5f));
    ImageBlock images = images(Targets.bytes(4, new byte[4 * 70]));
    float[][] plain = evaluator.predictions(images, OutputActivation.NONE);
    float[][] sigmoid = evaluator.predictions(images, OutputActivation.SIGMOID);
    float[][] softmax = evaluator.predictions(images, OutputActivation.SOFTMAX);
    assertEquals(70, plain.length);
    for (int i = 0; i < 70; i++) {
      Bits.assertSame(new float[] {2, -1, 0, 0.5f}, plain[i], "image " + i);
      float[] expected = {0.880797f, 0.26894143f, 0.5f, 0.62245935f};
      assertArrayEquals(expected, sigmoid[i], 1e-6f);
      assertEquals(1, softmax[i][0] + softmax[i][1] + softmax[i][2] + softmax[i][3], 1e-6);
    }
  }

  @Test
  void targetsOfAnotherWidthAreRefused() {
    Loss loss = new MeanSquaredError();
    TrainingPlan plan = plan(loss, Averaging.PARAMETERS, 1, 5, 1, false);
    ImageBlock narrow = images(Targets.floats(3, new float[9]));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> evaluator(plan, constant(0, 0, 0, 0)).evaluate(narrow, loss));
    assertEquals(
        "The network has 4 outputs, but the block has targets of 3 values", e.getMessage());
  }
}

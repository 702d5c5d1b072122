package dev.convoy.train.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.Weights;
import dev.convoy.optim.ClipByNorm;
import dev.convoy.optim.ClipByValue;
import dev.convoy.optim.Clipping;
import dev.convoy.optim.Sgd;
import dev.convoy.testing.SmallTraining;
import dev.convoy.train.RoundResult;
import dev.convoy.train.Trainer;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.LocalRounds;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NonFiniteTest {
  private static String failure(TrainingPlan plan, float[] first, List<ImageBlock> blocks) {
    List<RoundResult> heard = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onRound(RoundResult round) {
            heard.add(round);
          }
        };
    Trainer trainer =
        new Trainer(
            plan, new LocalRounds(plan, blocks, Kernels.chosen()), null, listener, () -> false);
    NonFiniteException e =
        assertThrows(
            NonFiniteException.class, () -> trainer.run(State.initial(plan, Weights.of(first))));
    assertTrue(heard.stream().allMatch(round -> Double.isFinite(round.loss())));
    return e.getMessage();
  }

  private static TrainingPlan plan(Averaging averaging, float learningRate) {
    int steps = averaging == Averaging.GRADIENTS ? 1 : 2;
    return SmallTraining.plan(
        SmallTraining.NETWORK, Sgd.of(learningRate, 0), averaging, 40, 2, 5, steps, false);
  }

  @Test
  void namesRoundWorkerStepAndTheFirstLayer() {
    TrainingPlan plan = plan(Averaging.PARAMETERS, 0.1f);
    float[] first = plan.network().initialWeights(1).parameters();
    first[first.length - 1] = Float.NaN;
    assertEquals(
        "A value is not finite in round 1 (epoch 1), worker 0, step 1, layer 'dense_7', examples 0, 1, 2, 3, 4;"
            + " a lower learning rate often helps",
        failure(plan, first, SmallTraining.blocks(plan.sampler())));
    first[0] = Float.POSITIVE_INFINITY;
    assertTrue(
        failure(plan, first, SmallTraining.blocks(plan.sampler())).contains("layer 'conv2d_1'"));
  }

  @Test
  void namesTheWorkerWhoseImagesOverflow() {
    TrainingPlan plan = plan(Averaging.GRADIENTS, 0.1f);
    // Dark images are -1 after tanh and 0 after relu; bright ones overflow in the last layer.
    float[] first = new float[plan.network().parameterCount()];
    Arrays.fill(first, 1e30f);
    for (Parameter parameter : plan.network().parameters()) {
      if (parameter.name().endsWith(".bias")) {
        Arrays.fill(first, parameter.offset(), parameter.offset() + parameter.size(), 0);
      }
    }
    List<ImageBlock> blocks = SmallTraining.blocks(plan.sampler());
    for (int i = 0; i < blocks.size(); i++) {
      boolean dark = i < plan.sampler().blocks(0);
      Arrays.fill(blocks.get(i).pixels(), (byte) (dark ? 0 : 255));
    }
    String message = failure(plan, first, blocks);
    assertTrue(message.contains("round 1 (epoch 1), worker 1, step 1, layer 'dense_7'"), message);
  }

  /** The gradient of the convolution overflows, and nothing else: it must not pass for clipped. */
  @Test
  void clippingHidesNothing() {
    float[] first = new float[SmallTraining.NETWORK.parameterCount()];
    for (Parameter parameter : SmallTraining.NETWORK.parameters()) {
      int from = parameter.offset();
      int to = from + parameter.size();
      switch (parameter.name()) {
        case "dense_5.weight" -> Arrays.fill(first, from, to, 1e38f);
        case "dense_5.bias" -> Arrays.fill(first, from, to, 1);
        // The first class is taken for sure, whatever the label.
        case "dense_7.weight" -> Arrays.fill(first, from, from + parameter.size() / 4, 1);
        default -> Arrays.fill(first, from, to, 0);
      }
    }
    for (Clipping clipping : List.of(new ClipByValue(1), new ClipByNorm(1))) {
      for (Averaging averaging : Averaging.values()) {
        TrainingPlan plan = SmallTraining.clipped(plan(averaging, 1e-3f), clipping);
        List<ImageBlock> blocks = SmallTraining.blocks(plan.sampler());
        blocks.forEach(block -> Arrays.fill(block.pixels(), (byte) 255));
        String message = failure(plan, first, blocks);
        assertTrue(message.contains("round 1 (epoch 1), worker 0, step "), message);
        assertTrue(message.contains("'conv2d_1"), message);
      }
    }
  }

  @Test
  void aLearningRateBeyondAllBoundsIsFoundInItsOwnRound() {
    float[] first = SmallTraining.NETWORK.initialWeights(1).parameters();
    for (int i = 0; i < first.length; i++) {
      first[i] *= 1e10f;
    }
    TrainingPlan gradients = plan(Averaging.GRADIENTS, 3e38f);
    String message = failure(gradients, first, SmallTraining.blocks(gradients.sampler()));
    assertTrue(
        message.startsWith(
            "A value is not finite in round 1 (epoch 1), after averaging, parameter '"),
        message);
    TrainingPlan parameters =
        SmallTraining.plan(
            SmallTraining.NETWORK, Sgd.of(3e38f, 0), Averaging.PARAMETERS, 40, 2, 5, 1, false);
    message = failure(parameters, first, SmallTraining.blocks(parameters.sampler()));
    assertTrue(message.contains("in round 1 (epoch 1), worker 0, step 1, parameter '"), message);
  }
}

package dev.convoy.testing;

import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.Weights;
import dev.convoy.optim.Adam;
import dev.convoy.optim.ClipByNorm;
import dev.convoy.optim.Nesterov;
import dev.convoy.optim.Pace;
import dev.convoy.optim.Polynomial;
import dev.convoy.optim.ReduceOnPlateau;
import dev.convoy.optim.Sgd;
import dev.convoy.train.Checkpointing;
import dev.convoy.train.HeldOut;
import dev.convoy.train.Trainer;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.frequency.PostLocal;
import dev.convoy.train.frequency.Quadratic;
import dev.convoy.train.round.Averaging;
import dev.convoy.train.round.EarlyStopping;
import dev.convoy.train.round.LocalRounds;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.score.Evaluation;
import dev.convoy.train.score.Evaluator;
import dev.convoy.train.tuning.FineTuning;
import dev.convoy.train.tuning.Rates;
import dev.convoy.train.tuning.TuningPlan;
import dev.convoy.train.tuning.Unfreezing;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A training that has all that can be lost on the way: momentum, running statistics, dropout, a
 * rate that falls by the test losses, best weights, and an end by early stopping.
 */
public final class ResumablePlan {
  private static final int EPOCHS = 30;
  private static final int OUTER_EPOCHS = 4;

  private ResumablePlan() {}

  /** The plan: rounds of short and long batches, several blocks a worker. */
  public static TrainingPlan of(Averaging averaging) {
    int steps = averaging == Averaging.GRADIENTS ? 1 : 2;
    TrainingPlan plan =
        SmallTraining.plan(
            SmallTraining.EVERY_KIND, Sgd.of(0.3f, 0.9f), averaging, 29, 2, 4, steps, true);
    return SmallTraining.with(
        plan,
        new ReduceOnPlateau(0.5, 0, null, 0, null, null),
        null,
        EPOCHS,
        new EarlyStopping(3, 0, null));
  }

  /**
   * A plan with an outer optimizer besides, whose rounds grow longer within the second epoch, and
   * which keeps its last state: what the optimizers remember can be compared.
   */
  public static TrainingPlan outer() {
    TrainingPlan plan =
        SmallTraining.plan(
            SmallTraining.EVERY_KIND, Sgd.of(0.1f, 0.9f), Averaging.PARAMETERS, 61, 2, 4, 3, true);
    TrainingPlan toTheEnd =
        SmallTraining.with(
            plan, new ReduceOnPlateau(0.5, 0, null, 0, null, null), null, OUTER_EPOCHS, null);
    return SmallTraining.withFrequency(toTheEnd, new PostLocal(null, 11L, 1, 3), 2)
        .withOuter(new Nesterov(0.7f, 0.9f));
  }

  /** A plan whose rounds grow longer as the rate falls, step by step, within epochs. */
  public static TrainingPlan quadratic() {
    TrainingPlan plan =
        SmallTraining.plan(
            SmallTraining.EVERY_KIND, Sgd.of(0.1f, 0.9f), Averaging.PARAMETERS, 61, 2, 4, 1, true);
    TrainingPlan falling =
        SmallTraining.with(
            plan, new Polynomial(null, 0.02, null, Pace.STEP, null), null, OUTER_EPOCHS, null);
    return SmallTraining.withFrequency(falling, new Quadratic(0.12, 1, 5), 2);
  }

  /** A plan that trains the last layer first, then more and more, at two rates. */
  public static TrainingPlan unfreezing(Averaging averaging) {
    int steps = averaging == Averaging.GRADIENTS ? 1 : 2;
    TrainingPlan plan =
        SmallTraining.plan(
            SmallTraining.EVERY_KIND, Adam.of(0.01f), averaging, 29, 2, 4, steps, true);
    return SmallTraining.with(plan, plan.schedule(), new ClipByNorm(0.5f), OUTER_EPOCHS, null)
        .withTuning(TuningPlan.of(plan.network(), unfreezing(2, 3)));
  }

  /** Unfreezing of the layers of {@link SmallTraining#EVERY_KIND} before these epochs. */
  public static FineTuning unfreezing(int first, int second) {
    return new FineTuning(
        List.of("dense_12\\..*"),
        null,
        new Rates(Map.of("dense_12\\..*", 3.0)),
        List.of(
            new Unfreezing(first, List.of("dense_10\\..*")),
            new Unfreezing(second, List.of("batchNorm2d_2\\..*", "conv2d_5\\..*"))));
  }

  /** A trainer of a plan in this thread. */
  public static Trainer trainer(
      TrainingPlan plan,
      TrainingListener listener,
      BooleanSupplier stop,
      Checkpointing checkpoints) {
    LocalRounds rounds =
        new LocalRounds(plan, SmallTraining.blocks(plan.sampler()), Kernels.chosen());
    return new Trainer(plan, rounds, new HeldOut(null, test(plan)), listener, stop, checkpoints);
  }

  /** Evaluates weights on images that no training sees. */
  public static Function<Weights, Evaluation> test(TrainingPlan plan) {
    int[] ids = IntStream.range(1000, 1040).toArray();
    ImageBlock images = SmallTraining.block(ids, 0, ids.length);
    return weights ->
        new Evaluator(plan.network(), weights, plan.normalization(), Kernels.chosen())
            .evaluate(images, plan.loss());
  }
}

package dev.convoy.run;

import dev.convoy.train.EpochResult;
import dev.convoy.train.RoundResult;
import dev.convoy.train.TrainingListener;
import dev.convoy.train.round.TrainingPlan;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** Notes, once some steps are made, when a training seems to teach its network nothing. */
final class ProgressNotes implements TrainingListener {
  /** Healthy trainings move the weights by a hundredth of their size and more in an epoch. */
  private static final double STILL = 1e-4;

  /** Fewer say little of a training. */
  private static final int STEPS = 50;

  private final OptionalDouble guessing;
  private final int epoch;
  private final int outputs;
  private final Consumer<String> notes;
  private double roundLoss;
  private double learningRate;

  /**
   * Notes on a training.
   *
   * @param plan of the training
   * @param notes takes each
   */
  ProgressNotes(TrainingPlan plan, Consumer<String> notes) {
    this.outputs = plan.network().output().size();
    this.guessing = plan.loss().guessing(outputs);
    int each = plan.sampler().stepsPerEpoch();
    this.epoch = Math.min(plan.epochs(), (STEPS + each - 1) / each);
    this.notes = notes;
  }

  @Override
  public void onRound(RoundResult round) {
    roundLoss = round.loss();
    learningRate = round.learningRate();
  }

  @Override
  public void onEpoch(EpochResult result) {
    if (result.epoch() != epoch) {
      return;
    }
    Double watched = result.watchedLoss();
    double loss = watched == null ? roundLoss : watched;
    if (guessing.isPresent() && loss > guessing.getAsDouble()) {
      notes.accept(
          String.format(
              Locale.ROOT,
              "Note: after epoch %d the %s of %.4g is above %.4g, that of guessing among %d"
                  + " outputs; a lower learning rate than %.3g often helps.",
              epoch,
              name(result),
              loss,
              guessing.getAsDouble(),
              outputs,
              learningRate));
    }
    Double change = result.weightsChange();
    if (change != null && change < STILL) {
      notes.accept(
          String.format(
              Locale.ROOT,
              "Note: epoch %d moved the weights by %.2g of their size, which hardly changes what"
                  + " the network does; the learning rate, %.3g, may be too low.",
              epoch,
              change,
              learningRate));
    }
  }

  private static String name(EpochResult result) {
    if (result.validationLoss() != null) {
      return "validation loss";
    }
    return result.testLoss() == null ? "loss" : "test loss";
  }
}

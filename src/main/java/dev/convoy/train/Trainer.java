package dev.convoy.train;

import dev.convoy.nn.Fingerprint;
import dev.convoy.nn.Weights;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Trains: round after round, epoch after epoch. How the workers are run and where the test examples
 * are evaluated is given to it, so that one machine and a cluster share every step.
 */
public final class Trainer {
  private final TrainingPlan plan;
  private final RoundRunner rounds;
  private final Function<Weights, Evaluation> test;
  private final TrainingListener listener;
  private final BooleanSupplier stop;

  /** Whether the last training ended early because it was asked to. */
  private boolean stopped;

  private Evaluation keptTest;

  private TrainingSummary summary;

  /**
   * A trainer.
   *
   * @param rounds runs the workers
   * @param test evaluates weights on the test examples, after each epoch; {@code null} without test
   *     data
   * @param listener hears how it goes
   * @param stop asked between rounds
   * @throws IllegalArgumentException if the plan needs test examples, and there are none
   */
  public Trainer(
      TrainingPlan plan,
      RoundRunner rounds,
      Function<Weights, Evaluation> test,
      TrainingListener listener,
      BooleanSupplier stop) {
    if (test == null && (plan.earlyStopping() != null || plan.schedule().needsTestLoss())) {
      throw new IllegalArgumentException(
          "Early stopping and a schedule by test loss need test examples, but there are none");
    }
    this.plan = plan;
    this.rounds = rounds;
    this.test = test;
    this.listener = listener;
    this.stop = stop;
  }

  /**
   * Trains from {@code state}, the one before the first round, to the end, or until asked to stop
   * or stopped early. Returns the last state, or the best one where there is early stopping.
   *
   * @throws NonFiniteException if a loss, a gradient or a parameter becomes NaN or infinite
   */
  public State run(State state) {
    Progress whole = new Progress();
    BestWeights best = new BestWeights(plan.earlyStopping());
    stopped = false;
    Evaluation lastTest = null;
    for (int epoch = 1; epoch <= plan.epochs() && !stopped && !best.stops(); epoch++) {
      Progress progress = new Progress();
      for (int round = 1; round <= plan.roundsPerEpoch(epoch) && !stopped; round++) {
        state = round(state, epoch, round, progress);
        stopped = stop.getAsBoolean() && !isLast(epoch, round);
      }
      whole.add(progress);
      lastTest = test == null ? null : test.apply(state.weights());
      if (progress.rounds == plan.roundsPerEpoch(epoch)) {
        state = lastTest == null ? state : state.tested(lastTest);
        best.afterEpoch(state, lastTest);
        listener.onEpoch(
            new EpochResult(
                epoch,
                progress.lossSum / progress.weight,
                progress.correct / progress.examples,
                lastTest == null ? null : lastTest.loss(),
                lastTest == null ? null : lastTest.accuracy(),
                progress.examples,
                progress.time));
      }
    }
    State kept = best.stateOr(state);
    keptTest = best.testOr(lastTest);
    summary =
        new TrainingSummary(
            keptTest == null ? null : keptTest.loss(),
            keptTest == null ? null : keptTest.accuracy(),
            whole.time,
            whole.examples / whole.time.seconds(),
            kept.parameters().length,
            Fingerprint.sha256(kept.parameters()),
            state.round(),
            stopped,
            best.epoch(),
            best.stops());
    listener.onEnd(summary);
    return kept;
  }

  /** The evaluation of the state that the last training left; {@code null} without test data. */
  public Evaluation keptTest() {
    return keptTest;
  }

  /** What the last training came to. */
  public TrainingSummary summary() {
    return summary;
  }

  private boolean isLast(int epoch, int round) {
    return epoch == plan.epochs() && round == plan.roundsPerEpoch(epoch);
  }

  private State round(State state, int epoch, int round, Progress progress) {
    long start = System.nanoTime();
    List<Contribution> contributions = rounds.run(state, epoch, round);
    final long arrival = System.nanoTime();
    for (Contribution contribution : contributions) {
      if (contribution.failure() != null) {
        throw nonFinite(
            state, epoch, "worker " + contribution.worker() + ", " + contribution.failure());
      }
    }
    State after = rounds.average(contributions);
    String name = Finiteness.firstNonFinite(plan.network(), after.parameters());
    if (name != null) {
      throw nonFinite(state, epoch, "after averaging, parameter '" + name + "'");
    }
    Progress now = new Progress();
    for (Contribution contribution : contributions) {
      now.examples += contribution.examples();
      now.weight += contribution.weight();
      now.lossSum += contribution.lossSum();
      now.correct += contribution.correct();
    }
    now.rounds = 1;
    String fingerprint = Fingerprint.sha256(after.parameters());
    now.time =
        RoundTime.of(contributions, (arrival - start) * 1e-9, (System.nanoTime() - arrival) * 1e-9);
    progress.add(now);
    listener.onRound(
        new RoundResult(
            epoch,
            after.round(),
            round,
            plan.roundsPerEpoch(epoch),
            now.examples,
            now.lossSum / now.weight,
            now.correct / now.examples,
            plan.learningRate(after.step(), plan.course(state.tests())),
            now.time,
            fingerprint));
    return after;
  }

  private static NonFiniteException nonFinite(State state, int epoch, String where) {
    return new NonFiniteException(
        "A value is not finite in round "
            + (state.round() + 1)
            + " (epoch "
            + epoch
            + "), "
            + where
            + "; a lower learning rate often helps");
  }

  /** Sums over rounds. */
  private static final class Progress {
    long rounds;
    long examples;
    double weight;
    double lossSum;
    double correct;
    RoundTime time = RoundTime.NONE;

    void add(Progress other) {
      rounds += other.rounds;
      examples += other.examples;
      weight += other.weight;
      lossSum += other.lossSum;
      correct += other.correct;
      time = time.plus(other.time);
    }
  }
}

package dev.convoy.train;

import dev.convoy.nn.Fingerprint;
import dev.convoy.nn.Weights;
import dev.convoy.tensor.Check;
import dev.convoy.train.fault.Finiteness;
import dev.convoy.train.fault.NonFinite;
import dev.convoy.train.fault.NonFiniteException;
import dev.convoy.train.fault.Recovery;
import dev.convoy.train.frequency.Auto;
import dev.convoy.train.frequency.FrequencyChoice;
import dev.convoy.train.frequency.FrequencyMeasurement;
import dev.convoy.train.round.Contribution;
import dev.convoy.train.round.RoundRunner;
import dev.convoy.train.round.RoundSums;
import dev.convoy.train.round.RoundTime;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.score.Evaluation;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Trains: round after round, epoch after epoch. How the workers are run and where examples are
 * evaluated is given to it, so that one machine and a cluster share every step.
 */
public final class Trainer {
  private final TrainingPlan given;

  /** The one given, with what was chosen so far of the steps of its rounds. */
  private TrainingPlan plan;

  /** Chooses them; absent where they are given. */
  private @Nullable FrequencyTuner tuner;

  private final RoundRunner rounds;
  private final HeldOut heldOut;
  private final TrainingListener listener;
  private final BooleanSupplier stop;

  private final Checkpointing checkpoints;

  /** Whether the last training ended early because it was asked to. */
  private boolean stopped;

  private @Nullable Evaluation keptTest;

  /** Parameters at the epoch's start; absent if it began before this training. */
  private @Nullable WeightsSample epochStart;

  /** Absent until a training has ended. */
  private @Nullable TrainingSummary summary;

  /**
   * A trainer that takes no checkpoints, and has no validation data.
   *
   * @param test evaluates weights on the test examples, after each epoch; absent without test data
   */
  public Trainer(
      TrainingPlan plan,
      RoundRunner rounds,
      @Nullable Function<Weights, Evaluation> test,
      TrainingListener listener,
      BooleanSupplier stop) {
    this(plan, rounds, new HeldOut(null, test), listener, stop, Checkpointing.NONE);
  }

  /**
   * A trainer.
   *
   * @param rounds runs the workers
   * @param heldOut evaluates weights
   * @param listener hears how it goes
   * @param stop asked between rounds
   * @param checkpoints offered one after each round
   * @throws IllegalArgumentException if the plan needs examples to watch, and there are none
   */
  public Trainer(
      TrainingPlan plan,
      RoundRunner rounds,
      HeldOut heldOut,
      TrainingListener listener,
      BooleanSupplier stop,
      Checkpointing checkpoints) {
    if (heldOut.watched() == null
        && (plan.earlyStopping() != null || plan.schedule().needsTestLoss())) {
      throw new IllegalArgumentException(
          "Early stopping and a schedule by test loss need validation or test examples, but there"
              + " are none");
    }
    this.given = plan;
    this.plan = plan;
    this.rounds = rounds;
    this.heldOut = heldOut;
    this.listener = listener;
    this.stop = stop;
    this.checkpoints = checkpoints;
  }

  /** Trains from the state before the first round, as from a checkpoint. */
  public State run(State state) {
    return run(Checkpoint.of(state));
  }

  /**
   * Trains from a checkpoint to the end, or until it is asked to stop or stops early. The result is
   * the same as if training had never been interrupted there.
   *
   * @param now the checkpoint, which is released after its first round
   * @return the last state, or the best one, without optimizer state, where there is early stopping
   * @throws NonFiniteException if a loss, a gradient or a parameter becomes NaN or infinite
   */
  public State run(Checkpoint now) {
    now = begin(now);
    BestWeights best = new BestWeights(plan.earlyStopping(), now);
    epochStart = epochStart(now);
    Evaluation last = null;
    stopped = false;
    boolean ends = now.epoch() > plan.epochs() || best.stops();
    while (!ends) {
      FrequencyChoice before = now.choice();
      try {
        now = tellingRound(now);
      } catch (NonFiniteException e) {
        now = goBack(now, e);
        best = new BestWeights(plan.earlyStopping(), now);
        epochStart = epochStart(now);
        continue;
      }
      final boolean chosen = !Objects.equals(before, now.choice());
      last = null;
      boolean epochEnds = now.roundInEpoch() == plan.roundsPerEpoch(now.epoch());
      stopped = stop.getAsBoolean() && !(epochEnds && now.epoch() == plan.epochs());
      if (epochEnds) {
        last = evaluate(now.state());
        now = endEpoch(now, last, best);
      }
      ends = stopped || now.epoch() > plan.epochs() || best.stops();
      if (plan.recovery() != null && now.round() % plan.recovery().everyRounds() == 0) {
        now = now.withFallback(null);
      }
      checkpoints.offer(now, ends || chosen);
    }
    tellFaults(now.round(), true);
    State kept = best.stateOr(now.state());
    Evaluation watched = best.evaluationOr(last);
    if (watched == null) {
      watched = evaluate(kept);
    }
    keptTest = heldOut.leavesTest() ? evaluate(heldOut.test(), kept) : watched;
    Evaluation validation = heldOut.leavesTest() ? watched : null;
    summary =
        new TrainingSummary(
            validation == null ? null : validation.loss(),
            validation == null ? null : validation.accuracy(),
            keptTest == null ? null : keptTest.loss(),
            keptTest == null ? null : keptTest.accuracy(),
            now.sums().time(),
            now.sums().examples() / now.sums().time().seconds(),
            kept.parameters().length,
            Fingerprint.sha256(kept.parameters()),
            now.round(),
            stopped,
            best.epoch(),
            best.stops());
    listener.onEnd(summary);
    return kept;
  }

  /**
   * Returns the plan that the last training followed: the one given, with the frequency chosen on
   * the way.
   */
  public TrainingPlan followed() {
    return plan;
  }

  /** Returns the evaluation of the state that the last training left; absent without test data. */
  public @Nullable Evaluation keptTest() {
    return keptTest;
  }

  /**
   * Returns what the last training came to.
   *
   * @throws IllegalArgumentException if none has ended
   */
  public TrainingSummary summary() {
    return Check.present(summary, "Trainer.summary");
  }

  private Checkpoint begin(Checkpoint now) {
    tuner = null;
    plan = given;
    if (!(given.frequency() instanceof Auto auto)) {
      return now;
    }
    tuner = new FrequencyTuner(auto, given.sampler(), now.choice());
    return adopt(tuner.choice(), now);
  }

  /** Makes the next rounds follow a choice. */
  private Checkpoint adopt(FrequencyChoice choice, Checkpoint now) {
    plan = given.withFrequency(choice.schedule());
    rounds.follow(plan);
    return now.with(choice);
  }

  private @Nullable Evaluation evaluate(State state) {
    return evaluate(heldOut.watched(), state);
  }

  private static @Nullable Evaluation evaluate(
      @Nullable Function<Weights, Evaluation> examples, State state) {
    return examples == null ? null : examples.apply(state.weights());
  }

  private Checkpoint endEpoch(Checkpoint now, @Nullable Evaluation evaluation, BestWeights best) {
    State after = evaluation == null ? now.state() : now.state().tested(evaluation);
    best.afterEpoch(after, evaluation);
    RoundSums epoch = now.epochSums();
    Evaluation validation = heldOut.leavesTest() ? evaluation : null;
    Evaluation test = heldOut.leavesTest() ? null : evaluation;
    listener.onEpoch(
        new EpochResult(
            now.epoch(),
            epoch.loss(),
            epoch.accuracy(),
            validation == null ? null : validation.loss(),
            validation == null ? null : validation.accuracy(),
            test == null ? null : test.loss(),
            test == null ? null : test.accuracy(),
            epoch.examples(),
            epoch.time(),
            epochStart == null ? null : epochStart.change(after.parameters())));
    epochStart = new WeightsSample(after.parameters());
    return now.afterEpoch(after.beginning(plan, now.epoch() + 1), best.state());
  }

  private static @Nullable WeightsSample epochStart(Checkpoint now) {
    return now.roundInEpoch() == 0 ? new WeightsSample(now.state().parameters()) : null;
  }

  /**
   * Returns the checkpoint from which training goes on after a round that failed.
   *
   * @throws NonFiniteException if it does not
   */
  private Checkpoint goBack(Checkpoint now, NonFiniteException failure) {
    int rollbacks = now.state().rollbacks();
    Recovery recovery = plan.recovery();
    if (recovery == null || rollbacks == recovery.atMost()) {
      double factor = recovery == null ? 1 : recovery.factor(rollbacks);
      tellNonFinite(now, failure, null, factor);
      checkpoints.offer(now, true);
      throw failure;
    }
    Checkpoint back = now.fallbackOrThis().rolledBack(rollbacks + 1);
    tellNonFinite(now, failure, back.round(), recovery.factor(rollbacks + 1));
    if (tuner != null) {
      // What is chosen so far holds for the rounds that are run again, too.
      tuner.settle();
      return back.with(tuner.choice());
    }
    return back;
  }

  private void tellNonFinite(
      Checkpoint now, NonFiniteException failure, @Nullable Integer backTo, double factor) {
    listener.onNonFinite(
        new NonFinite(now.epoch(), now.round() + 1, failure.where(), backTo, factor));
  }

  private void tellFaults(int round, boolean all) {
    rounds.faults(all).forEach(fault -> listener.onFault(round, fault));
  }

  private Checkpoint tellingRound(Checkpoint now) {
    try {
      return round(now);
    } catch (RuntimeException e) {
      tellFaults(now.round() + 1, true);
      throw e;
    }
  }

  private Checkpoint round(Checkpoint now) {
    long start = System.nanoTime();
    State state = now.state();
    int roundInEpoch = now.roundInEpoch() + 1;
    List<Contribution> contributions = rounds.run(state, now.epoch(), roundInEpoch);
    final long arrival = System.nanoTime();
    for (Contribution contribution : contributions) {
      if (contribution.failure() != null) {
        throw nonFinite(
            state, now.epoch(), "worker " + contribution.worker() + ", " + contribution.failure());
      }
    }
    State after = rounds.average(contributions);
    String name = Finiteness.firstNonFinite(plan.network(), after.parameters());
    if (name != null) {
      throw nonFinite(state, now.epoch(), "after averaging, parameter '" + name + "'");
    }
    String fingerprint = Fingerprint.sha256(after.parameters());
    RoundTime time =
        RoundTime.of(contributions, (arrival - start) * 1e-9, (System.nanoTime() - arrival) * 1e-9);
    RoundSums sums = RoundSums.of(contributions, time);
    tellFaults(after.round(), false);
    listener.onRound(
        new RoundResult(
            now.epoch(),
            after.round(),
            roundInEpoch,
            plan.roundsPerEpoch(now.epoch()),
            sums.examples(),
            sums.loss(),
            sums.accuracy(),
            plan.learningRate(after.step(), plan.course(state.tests()), state.rollbacks()),
            time,
            fingerprint,
            contributions.stream().map(Contribution::hashText).toList()));
    Checkpoint from = plan.recovery() == null ? now : now.withFallback(now.fallbackOrThis());
    Checkpoint next = from.afterRound(after, sums);
    return tuner == null ? next : measured(tuner, next, contributions, time);
  }

  private Checkpoint measured(
      FrequencyTuner by, Checkpoint now, List<Contribution> contributions, RoundTime time) {
    boolean epochEnds = now.roundInEpoch() == plan.roundsPerEpoch(now.epoch());
    int steps = contributions.stream().mapToInt(Contribution::steps).max().orElseThrow();
    FrequencyMeasurement measurement =
        by.after(
            epochEnds ? now.epoch() + 1 : now.epoch(),
            epochEnds ? 1 : now.roundInEpoch() + 1,
            steps,
            time);
    if (measurement == null) {
      return now;
    }
    listener.onFrequency(measurement);
    return adopt(by.choice(), now);
  }

  private static NonFiniteException nonFinite(State state, int epoch, String where) {
    return new NonFiniteException(
        "A value is not finite in round "
            + (state.round() + 1)
            + " (epoch "
            + epoch
            + "), "
            + where
            + "; a lower learning rate often helps",
        where);
  }
}

package dev.convoy.train.round;

import dev.convoy.nn.FloatBytes;
import dev.convoy.nn.Slices;
import dev.convoy.nn.Weights;
import dev.convoy.train.score.Evaluation;
import dev.convoy.train.tuning.TuningStage;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a round starts from.
 *
 * @param weights of the network
 * @param optimizerState what the optimizer remembers of the parameters that are trained, flat
 * @param step optimizer steps that a worker has made so far
 * @param round rounds done so far
 * @param tests how the epochs so far did on the validation examples, or else on the test examples
 * @param outerMomentum what the outer optimizer remembers, one value a parameter that is trained;
 *     empty without one
 * @param rollbacks how often training went back here, as {@link dev.convoy.train.fault.Recovery}
 *     has it
 * @param unfrozenAt steps that were made before each unfreezing so far
 */
public record State(
    Weights weights,
    float[] optimizerState,
    long step,
    int round,
    TestHistory tests,
    float[] outerMomentum,
    int rollbacks,
    List<Long> unfrozenAt)
    implements StateSource, Serializable {
  private static final long serialVersionUID = 1;

  public State {
    unfrozenAt = List.copyOf(unfrozenAt);
  }

  /** A state after which nothing was unfrozen yet. */
  public State(
      Weights weights,
      float[] optimizerState,
      long step,
      int round,
      TestHistory tests,
      float[] outerMomentum,
      int rollbacks) {
    this(weights, optimizerState, step, round, tests, outerMomentum, rollbacks, List.<Long>of());
  }

  /** A state to which training never went back. */
  public State(
      Weights weights,
      float[] optimizerState,
      long step,
      int round,
      TestHistory tests,
      float[] outerMomentum) {
    this(weights, optimizerState, step, round, tests, outerMomentum, 0);
  }

  /** A state without an outer optimizer. */
  public State(Weights weights, float[] optimizerState, long step, int round, TestHistory tests) {
    this(weights, optimizerState, step, round, tests, new float[0]);
  }

  /** A state of which no epoch was evaluated. */
  public State(Weights weights, float[] optimizerState, long step, int round) {
    this(weights, optimizerState, step, round, TestHistory.EMPTY);
  }

  /** Returns the state before the first round, from these weights. */
  public static State initial(TrainingPlan plan, Weights weights) {
    int parameters = plan.tuning().stage(0).parameterCount();
    return new State(
        weights.copy(),
        plan.optimizer().initialState(parameters),
        0,
        0,
        TestHistory.EMPTY,
        new float[plan.outer() == null ? 0 : parameters]);
  }

  /** Returns the same after an evaluation more. */
  public State tested(Evaluation evaluation) {
    return new State(
        weights,
        optimizerState,
        step,
        round,
        tests.and(evaluation),
        outerMomentum,
        rollbacks,
        unfrozenAt);
  }

  /** Returns the same where training went back to it so often. */
  public State rolledBack(int times) {
    return new State(weights, optimizerState, step, round, tests, outerMomentum, times, unfrozenAt);
  }

  /** Returns the same to be kept, not to go on from. */
  public State withoutOptimizerState() {
    return new State(weights, new float[0], step, round, tests);
  }

  /** The trainable values, flat. */
  public float[] parameters() {
    return weights.parameters();
  }

  /** Returns the values that no optimizer changes, flat. */
  public float[] buffers() {
    return weights.buffers();
  }

  /**
   * The same without the values that are large and that a round changes: what a fold asks of the
   * state before it. Parameters stay where some are frozen.
   */
  public State withoutValues(TrainingPlan plan) {
    float[] none = {};
    boolean changes = stage(plan).values().parameters().isAll();
    Weights kept = changes ? new Weights(none, buffers()) : weights;
    return new State(kept, none, step, round, tests, none, rollbacks, unfrozenAt);
  }

  /** Returns what is trained in the round that starts from here. */
  public TuningStage stage(TrainingPlan plan) {
    return plan.tuning().stage(unfrozenAt.size());
  }

  /**
   * Returns the state with which an epoch begins: the same, unless something is unfrozen then, of
   * which the optimizer remembers nothing.
   *
   * @param epoch from 1
   */
  public State beginning(TrainingPlan plan, int epoch) {
    int unfreezings = plan.tuning().unfreezings(epoch);
    if (unfreezings == unfrozenAt.size()) {
      return this;
    }
    Slices before = stage(plan).values().parameters();
    TuningStage next = plan.tuning().stage(unfreezings);
    Slices after = next.values().parameters();
    List<Long> steps = new ArrayList<>(unfrozenAt);
    while (steps.size() < unfreezings) {
      steps.add(step);
    }
    float[] slots = plan.optimizer().initialState(after.count());
    for (int slot = 0; slot < plan.optimizer().slots().size(); slot++) {
      move(optimizerState, slot * before.count(), before, slots, slot * after.count(), after);
    }
    float[] outer = new float[outerMomentum.length == 0 ? 0 : after.count()];
    if (outer.length > 0) {
      move(outerMomentum, 0, before, outer, 0, after);
    }
    return new State(weights, slots, step, round, tests, outer, rollbacks, steps);
  }

  /** Copies the packed values of some parameters to where they lie among more. */
  private static void move(
      float[] from, int fromStart, Slices some, float[] to, int toStart, Slices more) {
    int at = fromStart;
    for (Slices.Slice part : some.parts()) {
      System.arraycopy(from, at, to, toStart + more.position(part.from()), part.size());
      at += part.size();
    }
  }

  @Override
  public void load(TuningStage stage, Weights target, float[][] slots) {
    System.arraycopy(parameters(), 0, target.parameters(), 0, parameters().length);
    System.arraycopy(buffers(), 0, target.buffers(), 0, buffers().length);
    int count = stage.parameterCount();
    for (int slot = 0; slot < slots.length; slot++) {
      System.arraycopy(optimizerState, slot * count, slots[slot], 0, count);
    }
  }

  private Object writeReplace() {
    return new InBytes(
        weights,
        FloatBytes.of(optimizerState),
        step,
        round,
        tests,
        FloatBytes.of(outerMomentum),
        rollbacks,
        unfrozenAt);
  }

  /** How a state travels. */
  private record InBytes(
      Weights weights,
      byte[] optimizerState,
      long step,
      int round,
      TestHistory tests,
      byte[] outerMomentum,
      int rollbacks,
      List<Long> unfrozenAt)
      implements Serializable {
    private static final long serialVersionUID = 1;

    private Object readResolve() {
      return new State(
          weights,
          FloatBytes.floats(optimizerState),
          step,
          round,
          tests,
          FloatBytes.floats(outerMomentum),
          rollbacks,
          unfrozenAt);
    }
  }
}

package dev.convoy.train.round;

import dev.convoy.nn.FloatBytes;
import dev.convoy.nn.Weights;
import dev.convoy.train.score.Evaluation;
import java.io.Serializable;

/**
 * All that a round starts from.
 *
 * @param weights of the network
 * @param optimizerState what the optimizer remembers, flat
 * @param step optimizer steps that a worker has made so far
 * @param round rounds done so far
 * @param tests how the epochs so far did on the validation examples, or else on the test examples
 * @param outerMomentum what the outer optimizer remembers, one value a parameter; empty without one
 * @param rollbacks how often training went back here, as {@link dev.convoy.train.fault.Recovery}
 *     has it
 */
public record State(
    Weights weights,
    float[] optimizerState,
    long step,
    int round,
    TestHistory tests,
    float[] outerMomentum,
    int rollbacks)
    implements StateSource, Serializable {
  private static final long serialVersionUID = 1;

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
    int parameters = weights.parameters().length;
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
        weights, optimizerState, step, round, tests.and(evaluation), outerMomentum, rollbacks);
  }

  /** Returns the same where training went back to it so often. */
  public State rolledBack(int times) {
    return new State(weights, optimizerState, step, round, tests, outerMomentum, times);
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

  /** The same without the values that are large: what a fold asks of the state before it. */
  public State withoutValues() {
    float[] none = {};
    return new State(new Weights(none, buffers()), none, step, round, tests, none, rollbacks);
  }

  @Override
  public void load(float[] parameters, float[] bufferedValues, float[][] slots) {
    Shard.of(this).copyTo(0, parameters, slots);
    System.arraycopy(buffers(), 0, bufferedValues, 0, bufferedValues.length);
  }

  private Object writeReplace() {
    return new InBytes(
        weights,
        FloatBytes.of(optimizerState),
        step,
        round,
        tests,
        FloatBytes.of(outerMomentum),
        rollbacks);
  }

  /** How a state travels. */
  private record InBytes(
      Weights weights,
      byte[] optimizerState,
      long step,
      int round,
      TestHistory tests,
      byte[] outerMomentum,
      int rollbacks)
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
          rollbacks);
    }
  }
}

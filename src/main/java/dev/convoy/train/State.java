package dev.convoy.train;

import java.io.Serializable;

/**
 * All that a round starts from.
 *
 * @param parameters of the network, flat
 * @param optimizerState what the optimizer remembers, flat
 * @param step optimizer steps that a worker has made so far
 * @param round rounds done so far
 * @param tests how the epochs so far did on the test examples
 */
public record State(
    float[] parameters, float[] optimizerState, long step, int round, TestHistory tests)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** A state of which no epoch was evaluated. */
  public State(float[] parameters, float[] optimizerState, long step, int round) {
    this(parameters, optimizerState, step, round, TestHistory.EMPTY);
  }

  /** The state before the first round, from these parameters. */
  public static State initial(TrainingPlan plan, float[] parameters) {
    return new State(parameters.clone(), plan.optimizer().initialState(parameters.length), 0, 0);
  }

  /** The same after an evaluation more. */
  State tested(Evaluation evaluation) {
    return new State(parameters, optimizerState, step, round, tests.and(evaluation));
  }
}

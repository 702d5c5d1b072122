package dev.convoy.train;

import java.io.Serializable;

/**
 * All that a round starts from.
 *
 * @param parameters of the network, flat
 * @param optimizerState what the optimizer remembers, flat
 * @param step optimizer steps that a worker has made so far
 * @param round rounds done so far
 */
public record State(float[] parameters, float[] optimizerState, long step, int round)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** The state before the first round, from these parameters. */
  public static State initial(TrainingPlan plan, float[] parameters) {
    int optimizerState = plan.optimizer().stateSize(parameters.length);
    return new State(parameters.clone(), new float[optimizerState], 0, 0);
  }
}

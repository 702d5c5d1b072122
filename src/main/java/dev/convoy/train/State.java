package dev.convoy.train;

import dev.convoy.nn.Weights;
import java.io.Serializable;

/**
 * All that a round starts from.
 *
 * @param weights of the network
 * @param optimizerState what the optimizer remembers, flat
 * @param step optimizer steps that a worker has made so far
 * @param round rounds done so far
 */
public record State(Weights weights, float[] optimizerState, long step, int round)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** The state before the first round, from these weights. */
  public static State initial(TrainingPlan plan, Weights weights) {
    int optimizerState = plan.optimizer().stateSize(weights.parameters().length);
    return new State(weights.copy(), new float[optimizerState], 0, 0);
  }

  /** The trainable values, flat. */
  public float[] parameters() {
    return weights.parameters();
  }

  /** The values that no optimizer changes, flat. */
  public float[] buffers() {
    return weights.buffers();
  }
}

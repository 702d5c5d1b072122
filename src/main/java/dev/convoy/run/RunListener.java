package dev.convoy.run;

import dev.convoy.api.PublicApi;
import dev.convoy.model.weights.LoadedWeights;
import dev.convoy.train.TrainingListener;

/**
 * Hears how a run goes: what {@link TrainingListener} hears of its rounds, and what comes before
 * and beside them. Every call but {@link #onWarning} comes from the thread that drives the run.
 */
@PublicApi
public interface RunListener extends TrainingListener {
  /** Nobody listens. */
  RunListener NONE = new RunListener() {};

  /**
   * Hears what a person should know before the first round: of the data, the memory, a checkpoint
   * that the run goes on from, a lock that is waited for.
   *
   * @param sentence one line
   */
  default void onNote(String sentence) {}

  /**
   * Hears what of the network was loaded, before the first round of a training that starts from the
   * weights of another.
   */
  default void onInitialWeights(LoadedWeights loaded) {}

  /** Hears what the data are, once they are read and checked. */
  default void onData(DataReport data) {}

  /**
   * Hears what failed, and what the run survives.
   *
   * @param sentence one line
   */
  default void onWarning(String sentence) {}
}

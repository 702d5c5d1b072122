package dev.convoy.spark;

import dev.convoy.train.State;
import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The state of a round on its way to the workers: a small one travels with the task, which saves
 * the round trips of a broadcast, a large one is broadcast, once to an executor.
 */
final class SharedState implements AutoCloseable, Serializable {
  private static final long serialVersionUID = 1;

  /** Spark advises against tasks of more than 1,000 KiB. */
  private static final long MAX_TASK_BYTES = 800 << 10;

  private final State state;
  private final Broadcast<State> broadcast;

  private SharedState(State state, Broadcast<State> broadcast) {
    this.state = state;
    this.broadcast = broadcast;
  }

  static SharedState of(JavaSparkContext spark, State state) {
    long values =
        (long) state.parameters().length + state.buffers().length + state.optimizerState().length;
    return values * Float.BYTES <= MAX_TASK_BYTES
        ? new SharedState(state, null)
        : new SharedState(null, spark.broadcast(state));
  }

  State value() {
    return broadcast == null ? state : broadcast.value();
  }

  @Override
  public void close() {
    if (broadcast != null) {
      broadcast.destroy();
    }
  }
}

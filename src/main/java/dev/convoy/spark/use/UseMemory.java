package dev.convoy.spark.use;

import dev.convoy.nn.Network;
import dev.convoy.spark.HeapSettings;
import dev.convoy.train.score.Evaluator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Compares the least that a model in use needs with the memory that Spark's settings give it. */
public final class UseMemory {
  /** Memory of this program and of Spark itself that does nothing yet. */
  private static final long BASE_BYTES = 128L << 20;

  private UseMemory() {}

  /** Says what can't fit, and which setting helps, in a line; absent if it may fit. */
  public static @Nullable String problem(Network network, HeapSettings heaps) {
    int tasks = heaps.tasks();
    long weights = ((long) network.parameterCount() + network.bufferCount()) * Float.BYTES;
    long bytes = BASE_BYTES + weights + tasks * Evaluator.bytes(network, Evaluator.BATCH);
    long heap = heaps.isLocal() ? heaps.driverBytes() : heaps.executorBytes();
    if (bytes <= heap) {
      return null;
    }
    String setting = heaps.isLocal() ? "driver" : "executor";
    return String.format(
        Locale.ROOT,
        "the network needs %,d MB of memory or more in %s that runs %d %s at once, but has %,d MB:"
            + " set spark.%s.memory to %dg (--%s-memory)",
        bytes >> 20,
        heaps.isLocal() ? "a driver" : "an executor",
        tasks,
        tasks == 1 ? "task" : "tasks",
        heap >> 20,
        setting,
        (bytes * 2 >> 30) + 1,
        setting);
  }
}

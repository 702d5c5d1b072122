package dev.convoy.spark;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A value on its way to the tasks of a job: a small one travels with them, which saves the round
 * trips of a broadcast, and of letting go of it; a large one is broadcast.
 */
final class Sent<T extends Serializable> implements AutoCloseable, Serializable {
  private static final long serialVersionUID = 1;

  /** Spark advises against tasks of more than 1,000 KiB. */
  private static final long MAX_TASK_BYTES = 800 << 10;

  private final T value;
  private final Broadcast<T> broadcast;

  private Sent(T value, Broadcast<T> broadcast) {
    this.value = value;
    this.broadcast = broadcast;
  }

  /** Whether a value of so many bytes is too large to travel with tasks. */
  static boolean isBroadcast(long bytes) {
    return bytes > MAX_TASK_BYTES;
  }

  /** A value of about so many bytes. */
  static <T extends Serializable> Sent<T> of(JavaSparkContext spark, T value, long bytes) {
    return isBroadcast(bytes) ? new Sent<>(null, spark.broadcast(value)) : new Sent<>(value, null);
  }

  /** The value, where a task is. */
  T value() {
    return broadcast == null ? value : broadcast.value();
  }

  @Override
  public void close() {
    if (broadcast != null) {
      broadcast.destroy();
    }
  }
}

package dev.convoy.spark.job;

import dev.convoy.tensor.Check;
import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * A value on its way to the tasks of a job: a small one travels with them, which saves the round
 * trips of a broadcast, and of letting go of it; a large one is broadcast.
 */
public final class SharedValue<T extends Serializable> implements AutoCloseable, Serializable {
  private static final long serialVersionUID = 1;

  /** Spark advises against tasks of more than 1,000 KiB. */
  private static final long MAX_TASK_BYTES = 800 << 10;

  private final @Nullable T value;

  private final @Nullable Broadcast<Parcel<T>> broadcast;

  private SharedValue(@Nullable T value, @Nullable Broadcast<Parcel<T>> broadcast) {
    /** Absent where it is broadcast. */
    /** Absent where the value travels with the tasks. */
    this.value = value;
    this.broadcast = broadcast;
  }

  /** Tells whether a value of so many bytes is too large to travel with tasks. */
  public static boolean isBroadcast(long bytes) {
    return bytes > MAX_TASK_BYTES;
  }

  /** A value of about so many bytes. */
  public static <T extends Serializable> SharedValue<T> of(
      JavaSparkContext spark, T value, long bytes) {
    return isBroadcast(bytes)
        ? new SharedValue<>(null, Transport.broadcast(spark, value))
        : new SharedValue<>(value, null);
  }

  /** Returns the value, where a task is. */
  public T value() {
    return broadcast == null
        ? Check.present(value, "SharedValue.value")
        : broadcast.value().value();
  }

  @Override
  public void close() {
    if (broadcast != null) {
      broadcast.destroy();
    }
  }
}

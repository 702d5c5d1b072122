package dev.convoy.spark.round;

import dev.convoy.spark.job.Parcel;
import dev.convoy.spark.job.SharedValue;
import dev.convoy.spark.job.Transport;
import dev.convoy.tensor.Check;
import dev.convoy.train.round.Shard;
import dev.convoy.train.round.Shards;
import dev.convoy.train.round.State;
import dev.convoy.train.round.StateSource;
import dev.convoy.train.round.TestHistory;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * The state of a round on its way to the workers: a small one travels with the task, which saves
 * the round trips of a broadcast, a large one is broadcast shard by shard, each once to an
 * executor, so that nothing is near the 2 GiB that an array can hold.
 */
final class SharedState implements StateSource, AutoCloseable, Serializable {
  private static final long serialVersionUID = 1;

  private final Shards shards;

  private final @Nullable State state;

  private final @Nullable Broadcast<Parcel<Rest>> rest;

  private final List<Broadcast<Parcel<Shard>>> parts;

  private SharedState(
      Shards shards,
      @Nullable State state,
      @Nullable Broadcast<Parcel<Rest>> rest,
      List<Broadcast<Parcel<Shard>>> parts) {
    /** Absent where it is broadcast. */
    /** Absent where the state travels with the task. */
    this.shards = shards;
    this.state = state;
    this.rest = rest;
    this.parts = parts;
  }

  /** What a state holds beside its shards. */
  private record Rest(long step, TestHistory tests, int rollbacks, float[] buffers)
      implements Serializable {}

  /**
   * A state to be shared.
   *
   * @param bytes of the state
   * @param shards into which it is cut
   */
  static SharedState of(JavaSparkContext spark, State state, long bytes, Shards shards) {
    if (!SharedValue.isBroadcast(bytes)) {
      return new SharedState(shards, state, null, List.of());
    }
    List<Broadcast<Parcel<Shard>>> parts = new ArrayList<>();
    for (int shard = 0; shard < shards.count(); shard++) {
      parts.add(Transport.broadcast(spark, Shard.of(state, shards.from(shard), shards.to(shard))));
    }
    Rest rest = new Rest(state.step(), state.tests(), state.rollbacks(), state.buffers());
    return new SharedState(shards, null, Transport.broadcast(spark, rest), parts);
  }

  @Override
  public long step() {
    return state == null ? rest().step() : state.step();
  }

  @Override
  public TestHistory tests() {
    return state == null ? rest().tests() : state.tests();
  }

  @Override
  public int rollbacks() {
    return state == null ? rest().rollbacks() : state.rollbacks();
  }

  private Rest rest() {
    return Check.present(rest, "SharedState.rest").value().value();
  }

  @Override
  public void load(float[] parameters, float[] buffers, float[][] slots) {
    if (state != null) {
      state.load(parameters, buffers, slots);
      return;
    }
    for (int shard = 0; shard < shards.count(); shard++) {
      parts.get(shard).value().value().copyTo(shards.from(shard), parameters, slots);
    }
    System.arraycopy(rest().buffers(), 0, buffers, 0, buffers.length);
  }

  /** Returns what the state holds for a shard. */
  Shard shard(int shard) {
    return state == null
        ? parts.get(shard).value().value()
        : Shard.of(state, shards.from(shard), shards.to(shard));
  }

  @Override
  public void close() {
    if (rest != null) {
      parts.forEach(Broadcast::destroy);
      rest.destroy();
    }
  }
}

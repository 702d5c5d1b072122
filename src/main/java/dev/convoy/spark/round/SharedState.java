package dev.convoy.spark.round;

import dev.convoy.nn.Weights;
import dev.convoy.spark.job.Parcel;
import dev.convoy.spark.job.SharedValue;
import dev.convoy.spark.job.Transport;
import dev.convoy.tensor.Check;
import dev.convoy.train.round.Shard;
import dev.convoy.train.round.Shards;
import dev.convoy.train.round.State;
import dev.convoy.train.round.StateSource;
import dev.convoy.train.round.TestHistory;
import dev.convoy.train.round.TrainingPlan;
import dev.convoy.train.tuning.TuningStage;
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

  private final TuningStage stage;

  private final Shards shards;

  /** Absent where it is broadcast. */
  private final @Nullable State state;

  /** Absent where the state travels with the task. */
  private final @Nullable Broadcast<Parcel<Rest>> rest;

  private final List<Broadcast<Parcel<Shard>>> parts;

  private final FrozenValues frozen;

  private SharedState(
      TuningStage stage,
      Shards shards,
      @Nullable State state,
      @Nullable Broadcast<Parcel<Rest>> rest,
      List<Broadcast<Parcel<Shard>>> parts,
      FrozenValues frozen) {
    this.stage = stage;
    this.shards = shards;
    this.state = state;
    this.rest = rest;
    this.parts = parts;
    this.frozen = frozen;
  }

  /** What a state holds beside its shards. */
  private record Rest(
      long step, TestHistory tests, int rollbacks, float[] buffers, List<Long> unfrozenAt)
      implements Serializable {}

  /**
   * A state to be shared.
   *
   * @param shards into which what is trained of it is cut
   * @param frozen holds what is not, which is broadcast once
   */
  static SharedState of(
      JavaSparkContext spark, TrainingPlan plan, State state, Shards shards, FrozenShare frozen) {
    TuningStage stage = state.stage(plan);
    if (!SharedValue.isBroadcast(plan.stateBytes())) {
      return new SharedState(stage, shards, state, null, List.of(), FrozenValues.NONE);
    }
    FrozenValues shared = frozen.of(spark, plan, state);
    Shard whole = Shard.of(plan, state);
    List<Broadcast<Parcel<Shard>>> parts = new ArrayList<>();
    for (int shard = 0; shard < shards.count(); shard++) {
      parts.add(Transport.broadcast(spark, whole.part(shards.from(shard), shards.to(shard))));
    }
    Rest rest =
        new Rest(
            state.step(), state.tests(), state.rollbacks(), state.buffers(), state.unfrozenAt());
    return new SharedState(stage, shards, null, Transport.broadcast(spark, rest), parts, shared);
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
  public List<Long> unfrozenAt() {
    return state == null ? rest().unfrozenAt() : state.unfrozenAt();
  }

  @Override
  public void load(TuningStage stage, Weights target, float[][] slots) {
    if (state != null) {
      state.load(stage, target, slots);
      return;
    }
    frozen.load(stage, target.parameters());
    for (int shard = 0; shard < shards.count(); shard++) {
      Shard part = parts.get(shard).value().value();
      part.copyTo(shards.from(shard), stage, target.parameters(), slots);
    }
    float[] buffers = rest().buffers();
    System.arraycopy(buffers, 0, target.buffers(), 0, buffers.length);
  }

  /** Returns what the state holds for a shard. */
  Shard shard(int shard) {
    return state == null
        ? parts.get(shard).value().value()
        : shardOf(state, shards.from(shard), shards.to(shard));
  }

  private Shard shardOf(State small, int from, int to) {
    float[] values = stage.values().parameters().pack(small.parameters());
    return new Shard(values, small.optimizerState(), small.outerMomentum()).part(from, to);
  }

  @Override
  public void close() {
    if (rest != null) {
      parts.forEach(Broadcast::destroy);
      rest.destroy();
    }
  }
}

package dev.convoy.spark.round;

import dev.convoy.nn.Slices;
import dev.convoy.spark.job.Parcel;
import dev.convoy.spark.job.Transport;
import dev.convoy.train.round.Shard;
import dev.convoy.train.round.Shards;
import dev.convoy.train.round.State;
import dev.convoy.train.round.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/** Broadcasts what is frozen, anew after each unfreezing, and keeps it for the rounds between. */
final class FrozenShare implements AutoCloseable {
  /** Values of a part: 16 MB of them, as of a shard that travels. */
  private static final int PART_BYTES = 16 << 20;

  private @Nullable List<Long> unfrozenAt;
  private FrozenValues values = FrozenValues.NONE;

  /** Returns what is frozen in a state. */
  FrozenValues of(JavaSparkContext spark, TrainingPlan plan, State state) {
    if (state.unfrozenAt().equals(unfrozenAt)) {
      return values;
    }
    close();
    Slices frozen = state.stage(plan).values().parameters().others();
    if (frozen.count() > 0) {
      int count = frozen.count() / (PART_BYTES / Float.BYTES) + 1;
      Shards shards = Shards.atMost(count, frozen.count());
      Shard whole = new Shard(frozen.pack(state.parameters()), new float[0], new float[0]);
      List<Broadcast<Parcel<Shard>>> parts = new ArrayList<>();
      for (int i = 0; i < shards.count(); i++) {
        parts.add(Transport.broadcast(spark, whole.part(shards.from(i), shards.to(i))));
      }
      values = new FrozenValues(shards, parts);
    }
    unfrozenAt = state.unfrozenAt();
    return values;
  }

  @Override
  public void close() {
    values.parts().forEach(Broadcast::destroy);
    values = FrozenValues.NONE;
    unfrozenAt = null;
  }
}

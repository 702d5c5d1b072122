package dev.convoy.spark.round;

import dev.convoy.nn.Slices;
import dev.convoy.spark.job.Parcel;
import dev.convoy.train.round.Shard;
import dev.convoy.train.round.Shards;
import dev.convoy.train.tuning.TuningStage;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/**
 * The parameters that a stage of a training leaves as they are, packed and cut into shards, each
 * broadcast once: rounds send what they train alone.
 *
 * @param shards into which they are cut
 * @param parts one a shard
 */
record FrozenValues(Shards shards, List<Broadcast<Parcel<Shard>>> parts) implements Serializable {
  private static final long serialVersionUID = 1;

  /** Nothing is frozen, or what is travels with the rest. */
  static final FrozenValues NONE = new FrozenValues(Shards.atMost(1, 0), List.of());

  /** Puts them to their places among all parameters. */
  void load(TuningStage stage, float[] parameters) {
    if (!parts.isEmpty()) {
      Slices frozen = stage.values().parameters().others();
      for (int i = 0; i < parts.size(); i++) {
        frozen.unpack(shards.from(i), parts.get(i).value().value().values(), parameters);
      }
    }
  }
}

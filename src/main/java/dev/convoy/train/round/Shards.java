package dev.convoy.train.round;

import dev.convoy.optim.Clipping;
import dev.convoy.tensor.Check;
import java.io.Serializable;

/**
 * The parameters of a network cut into shards, one after the other. Into how many changes no bit of
 * a result.
 *
 * @param parameters of the network
 * @param size parameters of a shard, the last of which may be shorter; a multiple of {@link
 *     Clipping#STRETCH}, so that a norm's sums are the same however they are cut
 */
public record Shards(int parameters, int size) implements Serializable {
  private static final long serialVersionUID = 1;

  public Shards {
    Check.positive(size, "Shards.size");
    if (size % Clipping.STRETCH != 0) {
      throw new IllegalArgumentException(
          "Shards.size must be a multiple of " + Clipping.STRETCH + ", but was " + size);
    }
  }

  /** Cuts parameters into at most so many shards, of equal size but for the last. */
  public static Shards atMost(int count, int parameters) {
    Check.positive(count, "Shards.count");
    long stretches = (parameters - 1L) / Clipping.STRETCH + 1;
    long each = Math.max(1, (stretches + count - 1) / count);
    // A shard that could not be a multiple of a stretch below 2^31 is cut in two.
    long most = Integer.MAX_VALUE / Clipping.STRETCH;
    return new Shards(parameters, (int) Math.min(each, most) * Clipping.STRETCH);
  }

  /** Returns how many there are, at least 1. */
  public int count() {
    return Math.max(1, (int) (((long) parameters + size - 1) / size));
  }

  /** The first parameter of a shard. */
  public int from(int shard) {
    return shard * size;
  }

  /** Returns the parameter after a shard's last. */
  public int to(int shard) {
    return (int) Math.min(parameters, (shard + 1L) * size);
  }
}

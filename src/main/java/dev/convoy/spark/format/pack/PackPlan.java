package dev.convoy.spark.format.pack;

import dev.convoy.random.Permutation;
import dev.convoy.random.Purpose;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which picture goes where in a pack: all that its bytes depend on, beside the pictures.
 *
 * @param listing SHA-256 of the pictures' paths, lengths and classes, in their order
 * @param pictures how many there are, bad ones too
 * @param seed of the order in which they lie in the shards
 * @param shards how many files there are
 * @param shape {@code [C, H, W]} of pixels that are ready for use; absent where pictures stay as
 *     they are
 */
public record PackPlan(String listing, int pictures, long seed, int shards, @Nullable Shape shape)
    implements Serializable {
  /**
   * Bytes of a shard, between 64 and 128 MiB: opening such a file costs little beside reading it.
   */
  private static final long SHARD_BYTES = 96L << 20;

  private static final long MOST_BYTES = 128L << 20;

  public PackPlan {
    Check.present(listing, "PackPlan.listing");
    Check.positive(pictures, "PackPlan.pictures");
    Check.positive(shards, "PackPlan.shards");
    if (shards > pictures) {
      throw new IllegalArgumentException(
          "PackPlan.shards must be at most the number of pictures, "
              + pictures
              + ", but was "
              + shards);
    }
  }

  /**
   * Returns how many files to make of so many bytes, so that all have 64 to 128 MiB, if it can be.
   */
  public static int shardsFor(long bytes, int pictures) {
    long shards = Math.max(1, (bytes + SHARD_BYTES / 2) / SHARD_BYTES);
    shards += bytes / shards > MOST_BYTES ? 1 : 0;
    return (int) Math.min(shards, pictures);
  }

  /** Returns the numbers of the pictures that a shard holds, in its order. */
  public int[] indexes(int shard) {
    Permutation order = Permutation.of(pictures, seed, Purpose.PACK);
    int from = (int) ((long) pictures * shard / shards);
    int[] indexes = new int[(int) ((long) pictures * (shard + 1) / shards) - from];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = order.at(from + i);
    }
    return indexes;
  }

  /** Returns the differences of another plan, as in {@code seed 1 -> 2}. */
  List<String> changes(PackPlan now) {
    List<String> changes = new ArrayList<>();
    change("seed", seed, now.seed, changes);
    change(
        "shape", shape == null ? "none" : shape, now.shape == null ? "none" : now.shape, changes);
    change("pictures", pictures, now.pictures, changes);
    change("shards", shards, now.shards, changes);
    if (changes.isEmpty() && !listing.equals(now.listing)) {
      changes.add("the paths, lengths or classes of pictures");
    }
    return changes;
  }

  private static void change(String what, Object before, Object now, List<String> changes) {
    if (!before.equals(now)) {
      changes.add(what + " " + before + " -> " + now);
    }
  }
}

package dev.convoy.spark.format.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.convoy.config.binding.TreeText;
import dev.convoy.config.binding.TreeWriter;
import dev.convoy.spark.file.FileSum;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code pack.json} says of a pack.
 *
 * @param formatVersion of the folder
 * @param plan which picture lies where
 * @param classes names, in the order of their numbers
 * @param counts records of each class
 * @param mean of pixel/255 over all pixels of all pictures, one a channel: one where all pictures
 *     are grey, else three
 * @param deviation the standard deviation of the same
 * @param gaps pictures that are left out, by their numbers
 * @param shards the files, in the order of their numbers
 * @param sha256 of all other keys, as {@link #contentSum} has it; absent in format 1
 */
public record PackManifest(
    int formatVersion,
    PackPlan plan,
    List<String> classes,
    List<Integer> counts,
    float[] mean,
    float[] deviation,
    @Defaulted List<PackGap> gaps,
    List<PackShard> shards,
    @Nullable String sha256) {
  public PackManifest {
    Check.present(plan, "PackManifest.plan");
    classes = List.copyOf(Check.present(classes, "PackManifest.classes"));
    counts = List.copyOf(Check.present(counts, "PackManifest.counts"));
    Check.present(mean, "PackManifest.mean");
    Check.present(deviation, "PackManifest.deviation");
    gaps = gaps == null ? List.of() : List.copyOf(gaps);
    shards = List.copyOf(Check.present(shards, "PackManifest.shards"));
    if (new HashSet<>(classes).size() < classes.size()) {
      throw new IllegalArgumentException("PackManifest.classes must differ, but do not");
    }
    mustBe("counts", counts.size(), "one for each class", classes.size());
    mustBe("deviation", deviation.length, "one for each mean", mean.length);
    mustBe("shards", shards.size(), "as many as the plan says", plan.shards());
    long records = 0;
    for (int shard = 0; shard < shards.size(); shard++) {
      // A name from elsewhere might lead out of the folder.
      if (!shards.get(shard).name().equals(PackShard.name(shard))) {
        throw new IllegalArgumentException(
            "PackManifest.shards must be called " + PackShard.name(shard) + " and so on");
      }
      records += shards.get(shard).records();
    }
    mustBe(
        "counts", counts.stream().mapToLong(c -> c).sum(), "in all the shards' records", records);
    mustBe("gaps", gaps.size(), "all pictures that no shard has", (long) plan.pictures() - records);
    for (int i = 0; i < gaps.size(); i++) {
      int index = gaps.get(i).index();
      if (index < (i == 0 ? 0 : gaps.get(i - 1).index() + 1) || index >= plan.pictures()) {
        throw new IllegalArgumentException(
            "PackManifest.gaps must be in order, below "
                + plan.pictures()
                + ", but one is "
                + index);
      }
    }
  }

  private static void mustBe(String key, long found, String rule, long expected) {
    if (found != expected) {
      throw new IllegalArgumentException(
          "PackManifest." + key + " must be " + rule + ", " + expected + ", but are " + found);
    }
  }

  /** Returns the same with the checksum of what it says. */
  public PackManifest sealed() {
    return with(contentSum());
  }

  private PackManifest with(@Nullable String sum) {
    return new PackManifest(
        formatVersion, plan, classes, counts, mean, deviation, gaps, shards, sum);
  }

  /** SHA-256 of the manifest without {@code sha256}, in JSON as Convoy writes it, in UTF-8. */
  String contentSum() {
    MessageDigest digest = FileSum.sha256();
    digest.update(TreeText.json(TreeWriter.write(with(null))).getBytes(UTF_8));
    return FileSum.hex(digest);
  }

  /** Returns how many pictures the pack holds. */
  public int records() {
    return plan.pictures() - gaps.size();
  }

  /** Bytes of all shards. */
  public long bytes() {
    return shards.stream().mapToLong(PackShard::bytes).sum();
  }
}

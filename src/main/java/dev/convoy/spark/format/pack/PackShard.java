package dev.convoy.spark.format.pack;

import dev.convoy.tensor.Check;
import java.io.Serializable;

/**
 * A file of a pack.
 *
 * @param name of the file in the pack's folder
 * @param records that it holds
 * @param bytes of the file
 * @param sha256 of the file
 */
public record PackShard(String name, int records, long bytes, String sha256)
    implements Serializable {
  public PackShard {
    Check.present(name, "PackShard.name");
    Check.present(sha256, "PackShard.sha256");
    if (records < 0 || bytes < 0) {
      throw new IllegalArgumentException(
          "PackShard.records and bytes must not be negative, but are " + records + ", " + bytes);
    }
  }

  /** Returns what the file of this number is called. */
  public static String name(int shard) {
    return String.format("shard-%05d.parquet", shard);
  }
}

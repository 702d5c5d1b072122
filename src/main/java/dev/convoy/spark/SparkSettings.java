package dev.convoy.spark;

import org.apache.spark.SparkConf;
import org.jspecify.annotations.Nullable;

/** Settings of Spark that suit training, where the user has set nothing else. */
public final class SparkSettings {
  private SparkSettings() {}

  /** A contribution's weights and optimizer state, up to some million values, in one answer. */
  private static final int DIRECT_RESULT_BYTES = 16 << 20;

  /** Adds them. */
  public static SparkConf apply(SparkConf configuration) {
    if (configuration.get("spark.master", "").matches("local(\\[.*)?")) {
      // What a broadcast sends stays in this process, where nothing can corrupt it on the way.
      configuration.setIfMissing("spark.broadcast.checksum", "false");
      // A task whose memory is used up fails, and does not end the driver, which is this process.
      configuration.setIfMissing("spark.executor.killOnFatalError.depth", "0");
    }
    return configuration
        // Nothing else need be as quick: the values are arrays.
        .set("spark.serializer", "org.apache.spark.serializer.JavaSerializer")
        // Weights are noise to a compressor, and each broadcast fills at least one piece of this
        // size.
        .setIfMissing("spark.broadcast.compress", "false")
        .setIfMissing("spark.broadcast.blockSize", "1m")
        // An executor with no work left is not to stand by for seconds, but to fetch what it needs
        // to help one that is slow.
        .setIfMissing("spark.locality.wait", "100ms")
        // Larger results wait in the executor until the driver has asked for them.
        .setIfMissing("spark.task.maxDirectResultSize", Integer.toString(DIRECT_RESULT_BYTES));
  }

  /**
   * Tells what of an application's settings Convoy can't run under, and the cure, in a line; absent
   * where there is nothing of the kind.
   */
  public static @Nullable String problem(SparkConf configuration) {
    boolean refuses =
        configuration.get("spark.serializer", "").endsWith("KryoSerializer")
            && configuration.getBoolean("spark.kryo.registrationRequired", false);
    return refuses
        ? "spark.kryo.registrationRequired must be false, as Convoy's classes are not registered,"
            + " but was true; Kryo itself is no hindrance"
        : null;
  }
}

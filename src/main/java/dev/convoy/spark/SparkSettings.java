package dev.convoy.spark;

import org.apache.spark.SparkConf;

/** Settings of Spark that suit training, where the user has set nothing else. */
public final class SparkSettings {
  private SparkSettings() {}

  /** Adds them. */
  public static SparkConf apply(SparkConf configuration) {
    return configuration
        // What travels is records, which Kryo can't write.
        .set("spark.serializer", "org.apache.spark.serializer.JavaSerializer")
        // Weights are noise to a compressor, and each broadcast fills at least one piece of this
        // size.
        .setIfMissing("spark.broadcast.compress", "false")
        .setIfMissing("spark.broadcast.blockSize", "1m");
  }
}

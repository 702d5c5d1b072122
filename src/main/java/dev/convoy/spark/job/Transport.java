package dev.convoy.spark.job;

import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.ShuffledRDD;
import org.apache.spark.serializer.JavaSerializer;

/**
 * The ways of values between driver and executors, each by Java's serialization: what the
 * application has set for its own values must not matter.
 */
public final class Transport {
  private Transport() {}

  /** Sends a value to all executors that ask for it. */
  public static <T> Broadcast<Parcel<T>> broadcast(JavaSparkContext spark, T value) {
    return spark.broadcast(new Parcel<>(value));
  }

  /** Spreads values over so many partitions. */
  public static <T> JavaRDD<T> parallelize(JavaSparkContext spark, List<T> values, int partitions) {
    return spark
        .parallelize(values.stream().map(Parcel::new).toList(), partitions)
        .map(Parcel::value);
  }

  /** Brings all values to the driver, in their order. */
  public static <T> List<T> collect(JavaRDD<T> values) {
    return values.map(value -> new Parcel<>(value)).collect().stream().map(Parcel::value).toList();
  }

  /** Brings each value to the partition of its key. */
  @SuppressWarnings("unchecked")
  public static <K, V> JavaPairRDD<K, V> shuffle(JavaPairRDD<K, V> values, Partitioner partitions) {
    JavaPairRDD<K, V> shuffled = values.partitionBy(partitions);
    // Values that lie as they should already are not shuffled.
    if (shuffled.rdd() instanceof ShuffledRDD<?, ?, ?> rdd) {
      ((ShuffledRDD<K, V, V>) rdd).setSerializer(new JavaSerializer(values.context().getConf()));
    }
    return shuffled;
  }
}

package dev.convoy.spark.block;

import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/** The memory that Spark has for cached images. */
public final class CacheSpace {
  private CacheSpace() {}

  /** Bytes in all executors, as far as they are there by now. */
  public static long bytes(JavaSparkContext spark) {
    var all = CollectionConverters.asJava(spark.sc().getExecutorMemoryStatus());
    long free = 0;
    for (Tuple2<Object, Object> memory : all.values()) {
      free += (Long) memory._2();
    }
    return free;
  }
}

package dev.convoy.cli;

import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** Spark, started when it is first asked for: what is wrong before that is told without it. */
final class LazySpark implements Supplier<JavaSparkContext>, AutoCloseable {
  private final Supplier<JavaSparkContext> start;
  private @Nullable JavaSparkContext spark;

  LazySpark(Supplier<JavaSparkContext> start) {
    this.start = start;
  }

  @Override
  public JavaSparkContext get() {
    if (spark == null) {
      spark = start.get();
    }
    return spark;
  }

  @Override
  public void close() {
    if (spark != null) {
      spark.close();
    }
  }
}

package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.spark.SparkSettings;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An error of Java in a task, where tasks run in the driver: it must not end the process. */
class TaskErrorIT {
  @ParameterizedTest
  @ValueSource(strings = {"memory is used up", "the stack is used up", "a class does not fit"})
  void aTaskThatErrsIsToldInALine(String line) {
    SparkConf configuration =
        SparkSettings.apply(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("errors")
                .set("spark.ui.enabled", "false"));
    try (JavaSparkContext spark = new JavaSparkContext(configuration)) {
      SparkException e =
          assertThrows(
              SparkException.class,
              () -> spark.parallelize(List.of(line), 1).foreach(TaskErrorIT::err));
      assertTrue(Failure.message(e).startsWith(line), Failure.message(e));
    }
  }

  private static void err(String line) {
    throw line.startsWith("memory")
        ? new OutOfMemoryError("Java heap space")
        : line.startsWith("a class") ? new NoClassDefFoundError("a/B") : new StackOverflowError();
  }
}

package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class ExecutorWatchTest {
  @Test
  void theLineSaysWhatWasAskedFor() {
    assertEquals(
        "convoy: still no executor from spark://host:7077: each is to have cores: 4"
            + " (spark.executor.cores), memory: 8g (spark.executor.memory), and one machine must"
            + " have both free; the page of the master lists its workers, with cores and memory"
            + " that are free",
        ExecutorWatch.line(
            new SparkConf(false)
                .set("spark.master", "spark://host:7077")
                .set("spark.executor.cores", "4")
                .set("spark.executor.memory", "8g")));
  }
}

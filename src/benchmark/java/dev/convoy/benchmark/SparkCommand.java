package dev.convoy.benchmark;

import dev.convoy.spark.round.LenetBenchmark;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Convoy with and without Spark. */
@Command(
    name = "spark",
    description =
        "Times LeNet-5's training by one worker without Spark, and by two under local[2]; two"
            + " minutes are enough.")
final class SparkCommand extends BenchCommand {
  @Override
  public Integer call() throws IOException, InterruptedException {
    return SparkJvm.run(LenetBenchmark.class, "2g") ? 0 : 1;
  }
}

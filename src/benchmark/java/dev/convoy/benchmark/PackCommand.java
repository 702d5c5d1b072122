package dev.convoy.benchmark;

import dev.convoy.spark.pack.PackBenchmark;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Many small pictures, and a pack of them. */
@Command(
    name = "pack",
    description =
        "Times the packing of many small PNG files, which it makes, under local[2]; and how long a"
            + " training takes to read its data from the folder and from the pack.")
final class PackCommand extends BenchCommand {
  @Option(
      names = "--pictures",
      paramLabel = "N",
      defaultValue = "100000",
      description = "How many; ${DEFAULT-VALUE} by default.")
  private int pictures;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "How often, after a first time that is not counted; ${DEFAULT-VALUE} by default.")
  private int repetitions;

  @Override
  public Integer call() throws IOException, InterruptedException {
    checkPositive("--pictures", pictures);
    checkPositive("--repetitions", repetitions);
    return SparkJvm.run(
            PackBenchmark.class, "2g", Integer.toString(pictures), Integer.toString(repetitions))
        ? 0
        : 1;
  }
}

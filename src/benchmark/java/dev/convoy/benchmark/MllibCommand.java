package dev.convoy.benchmark;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Spark's own network beside Convoy's. */
@Command(
    name = "mllib",
    description =
        "Trains MLlib's MultilayerPerceptronClassifier and CnnClassifier on the sample of"
            + " Fashion-MNIST under local[2], and prints times and accuracies as a table.")
final class MllibCommand extends BenchCommand {
  @Option(
      names = "--pictures",
      paramLabel = "N",
      defaultValue = "6000",
      description = "How many of the training pictures; ${DEFAULT-VALUE} by default: all.")
  private int pictures;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      defaultValue = "100",
      description = "Of MLlib's L-BFGS; ${DEFAULT-VALUE} by default, as in MLlib.")
  private int iterations;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "20",
      description = "Of CnnClassifier; ${DEFAULT-VALUE} by default.")
  private int epochs;

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
    checkPositive("--iterations", iterations);
    checkPositive("--epochs", epochs);
    checkPositive("--repetitions", repetitions);
    return SparkJvm.run(
            MllibBenchmark.class,
            "2g",
            Integer.toString(pictures),
            Integer.toString(iterations),
            Integer.toString(epochs),
            Integer.toString(repetitions))
        ? 0
        : 1;
  }
}

package dev.convoy.benchmark;

import dev.convoy.tensor.Shape;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A model of Spark ML at work on a table. */
@Command(
    name = "transform",
    description =
        "Times CnnClassificationModel.transform on a table of PNG files of 32x32 under local[2],"
            + " beside what it consists of: reading the table, decoding, and the network.")
final class TransformCommand extends BenchCommand {
  @Option(
      names = "--pictures",
      paramLabel = "N",
      defaultValue = "100000",
      description = "How many; ${DEFAULT-VALUE} by default.")
  private int pictures;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "How often, after a first time that is not counted; ${DEFAULT-VALUE} by default.")
  private int repetitions;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      defaultValue = "resnet20",
      converter = NetworkOption.Converter.class,
      description = "resnet20 or vgg-small; ${DEFAULT-VALUE} by default.")
  private BenchmarkNetwork network;

  @Override
  public Integer call() throws IOException, InterruptedException {
    checkPositive("--pictures", pictures);
    checkPositive("--repetitions", repetitions);
    Shape input = network.network().input();
    if (!input.equals(TransformBenchmark.SHAPE)) {
      throw wrong(
          "--network must take pictures of 3x32x32, but " + network + " takes those of " + input);
    }
    return SparkJvm.run(
            TransformBenchmark.class,
            "2g",
            Integer.toString(pictures),
            Integer.toString(repetitions),
            network.toString())
        ? 0
        : 1;
  }
}

package dev.convoy.benchmark;

import dev.convoy.config.tree.ConfigException;
import dev.convoy.image.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What Winograd's convolutions do to accuracy. */
@Command(
    name = "accuracy",
    description =
        "Trains ResNet-20 on the 5,000 pictures of data/cifar10-sample with Winograd's convolutions,"
            + " as ever, and with all convolutions by taps, and prints the accuracies. It times"
            + " nothing. Fails where the means are more than two standard errors apart.")
final class AccuracyCommand extends BenchCommand {
  /** That is trained, but for epochs and seed. */
  private static final String JOB = "conf/cifar-sample-resnet20.yaml";

  /** A standard deviation takes two. */
  private static final int FEWEST_SEEDS = 2;

  @Option(names = "--epochs", paramLabel = "N", description = "${DEFAULT-VALUE} by default.")
  private int epochs = 20;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Trainings of each kind, at least 2; ${DEFAULT-VALUE} by default.")
  private int seeds = 4;

  @Option(
      names = "--job",
      paramLabel = "FILE",
      description = "The job with the network, and pictures in folders; ${DEFAULT-VALUE}.")
  private Path job = Path.of(JOB);

  @Option(names = "--json", paramLabel = "FILE", description = "Write all figures to this file.")
  private Path json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    checkPositive("--epochs", epochs);
    if (seeds < FEWEST_SEEDS) {
      throw wrong("--seeds must be at least " + FEWEST_SEEDS + ", but was " + seeds);
    }
    checkFolder("--json", json);
    if (!Files.isRegularFile(job)) {
      throw wrong("--job needs a job file, but there is none at " + job);
    }
    try {
      AccuracyStudy.read(job, epochs);
    } catch (ConfigException | DataException e) {
      throw wrong(e.getMessage());
    }
    List<String> arguments =
        new ArrayList<>(List.of(job.toString(), Integer.toString(epochs), Integer.toString(seeds)));
    if (json != null) {
      arguments.add(json.toString());
    }
    return SparkJvm.run(AccuracyStudy.class, "1g", arguments.toArray(String[]::new)) ? 0 : 1;
  }
}

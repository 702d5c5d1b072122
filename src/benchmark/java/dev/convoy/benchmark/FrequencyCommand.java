package dev.convoy.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What averaging less often does to accuracy. */
@Command(
    name = "frequency",
    description =
        "Trains LeNet-5 on Fashion-MNIST with 1, 2, 4 and 8 workers, averaged every 1, 8 and 64"
            + " steps, with and without an outer optimizer, and prints the accuracies. Needs the"
            + " data: deploy/fetch-data fashion-mnist.")
final class FrequencyCommand extends BenchCommand {
  /** That is trained, but for workers and averaging. */
  private static final String JOB = "conf/fashion-lenet5.yaml";

  @Option(names = "--epochs", description = "${DEFAULT-VALUE} by default.")
  private int epochs = 1;

  @Option(
      names = "--seeds",
      description = "Trainings of each kind, of which the mean is shown; ${DEFAULT-VALUE}.")
  private int seeds = 3;

  @Option(names = "--job", description = "The job with network and IDX data; ${DEFAULT-VALUE}.")
  private Path job = Path.of(JOB);

  @Override
  public Integer call() throws IOException, InterruptedException {
    checkPositive("--epochs", epochs);
    checkPositive("--seeds", seeds);
    if (!Files.isRegularFile(job)) {
      throw wrong("--job needs a job file, but there is none at " + job);
    }
    boolean done =
        SparkJvm.run(
            FrequencyStudy.class,
            "1g",
            job.toString(),
            Integer.toString(epochs),
            Integer.toString(seeds));
    return done ? 0 : 1;
  }
}

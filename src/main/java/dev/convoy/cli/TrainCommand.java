package dev.convoy.cli;

import dev.convoy.cli.console.OutputException;
import dev.convoy.cli.console.StandardOutput;
import dev.convoy.cli.console.TrainingConsole;
import dev.convoy.config.Job;
import dev.convoy.config.JobReader;
import dev.convoy.run.OutputUse;
import dev.convoy.run.TrainingResult;
import dev.convoy.run.TrainingRun;
import dev.convoy.run.WrongInputException;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.format.DataAccess;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy train}: everything that can be wrong is found before training starts. */
@Command(
    name = "train",
    description = "Trains the network of a job file and leaves a model.",
    footer = {
      "",
      "Example:",
      "  deploy/convoy train conf/fashion-sample.yaml --set training.epochs=2 --overwrite"
    })
final class TrainCommand extends SparkCommand {
  @Parameters(paramLabel = "JOB", description = "The job file, YAML or JSON.")
  private String jobFile;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Replace a key of the job, as in training.epochs=2. May stand several times.")
  private List<String> overrides = new ArrayList<>();

  @Option(names = "--output", paramLabel = "DIR", description = "Replace the job's output folder.")
  private @Nullable String output;

  @Option(names = "--overwrite", description = "Replace a run that the output folder holds.")
  private boolean overwrite;

  @Option(
      names = "--resume",
      description =
          "Go on from the newest checkpoint in the output folder; from the start if none.")
  private boolean resume;

  @Override
  public Integer call() throws IOException {
    if (resume && overwrite) {
      throw new WrongInputException("--resume keeps a run that --overwrite replaces: use one");
    }
    SparkConf configuration = configuration();
    HadoopFiles files = files(configuration);
    List<String> assignments = new ArrayList<>(overrides);
    if (output != null) {
      assignments.add("output=\"" + output.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
    }
    Job job;
    try (InputStream in = files.open(jobFile)) {
      job = JobReader.read(in, jobFile, assignments);
    }
    OutputUse use = resume ? OutputUse.RESUME : overwrite ? OutputUse.OVERWRITE : OutputUse.NEW;
    String name = job.name();
    StandardOutput screen = StandardOutput.current();
    screen.endure(TrainCommand::tell);
    try (LazySpark spark = new LazySpark(() -> start(configuration, name));
        TrainingConsole console = new TrainingConsole(job, System.out, System.err);
        Interrupt interrupt = Interrupt.watch(System.err);
        TrainingRun run =
            TrainingRun.prepare(
                jobFile,
                job,
                new DataAccess(files, spark),
                use,
                configuration,
                console.listener())) {
      interrupt.waitForRounds();
      TrainingResult result =
          run.execute(spark.get(), () -> interrupt.getAsBoolean() || screen.isUnread());
      console.print(result);
      Optional<String> failure = result.checkpointFailure().or(result::metricsFailure);
      if (failure.isPresent()) {
        throw new IOException(failure.get());
      }
      if (screen.isUnread()) {
        return Failure.UNREAD;
      }
      return result.summary().stopped() ? Failure.STOPPED : Failure.DONE;
    }
  }

  /** A training's worth is in its files: it goes on where nobody can follow it. */
  private static void tell(OutputException e) {
    if (!e.isUnread()) {
      System.err.println("convoy: " + e.getMessage() + "; training goes on");
    }
  }
}

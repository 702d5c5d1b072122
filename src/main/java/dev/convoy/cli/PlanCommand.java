package dev.convoy.cli;

import dev.convoy.cli.console.PlanReport;
import dev.convoy.config.Job;
import dev.convoy.config.JobReader;
import dev.convoy.run.TrainingInput;
import dev.convoy.run.WrongInputException;
import dev.convoy.spark.file.HadoopFiles;
import dev.convoy.spark.forecast.Cluster;
import dev.convoy.spark.forecast.StepTimer;
import dev.convoy.spark.forecast.Timing;
import dev.convoy.spark.format.DataAccess;
import dev.convoy.train.round.TrainingPlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy plan}: times steps here, and predicts what a cluster makes of them. */
@Command(
    name = "plan",
    description = "Predicts what a job takes on a cluster, from the time of its steps here.",
    footer = {
      "",
      "Example:",
      "  deploy/convoy plan conf/fashion-lenet5.yaml --executors 8 --cores 4 --link-gbit 10",
    })
final class PlanCommand extends SparkCommand {
  private static final int MOST = 10_000;

  @Parameters(paramLabel = "JOB", description = "The job file, YAML or JSON.")
  private String jobFile;

  @Option(
      names = "--executors",
      required = true,
      paramLabel = "N",
      description = "Executors that the cluster would give, each on a machine of its own.")
  private int executors;

  @Option(names = "--cores", required = true, paramLabel = "C", description = "Cores of each.")
  private int cores;

  @Option(
      names = "--link-gbit",
      paramLabel = "G",
      defaultValue = "10",
      description = "Gigabits a second that a machine sends and receives; ${DEFAULT-VALUE}.")
  private double linkGbit;

  @Option(
      names = "--examples",
      paramLabel = "E",
      description = "Training examples; counted in the job's data if it is not given.")
  private @Nullable Integer examples;

  @Option(
      names = "--one-machine",
      description = "All executors are on this machine, as those of local-cluster are.")
  private boolean oneMachine;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Replace a key of the job. May stand several times.")
  private List<String> overrides = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    check("--executors", executors);
    check("--cores", cores);
    if (!(linkGbit > 0 && linkGbit <= MOST)) {
      throw new WrongInputException(
          "--link-gbit must be above 0 and at most " + MOST + ", but was " + linkGbit);
    }
    if (examples != null && examples < 1) {
      throw new WrongInputException("--examples must be at least 1, but was " + examples);
    }
    SparkConf configuration = configuration();
    HadoopFiles files = files(configuration);
    Job job;
    try (InputStream in = files.open(jobFile)) {
      job = JobReader.read(in, jobFile, overrides);
    }
    int processors = Runtime.getRuntime().availableProcessors();
    Cluster cluster = new Cluster(executors, cores, linkGbit, oneMachine ? processors : 0);
    TrainingPlan plan = plan(job, files, configuration);
    Timing timing = StepTimer.time(plan, Math.min(cores, processors));
    PrintStream out = System.out;
    new PlanReport(job, plan, timing, cluster).lines().forEach(out::println);
    return Failure.DONE;
  }

  private TrainingPlan plan(Job job, HadoopFiles files, SparkConf configuration)
      throws IOException {
    if (examples != null) {
      return TrainingInput.plan(jobFile, job, examples, job.network().input().size());
    }
    String name = job.name();
    try (LazySpark spark = new LazySpark(() -> start(configuration, name))) {
      return TrainingInput.read(jobFile, job, new DataAccess(files, spark)).plan();
    }
  }

  private static void check(String option, int value) {
    if (value < 1 || value > MOST) {
      throw new WrongInputException(option + " must be 1 to " + MOST + ", but was " + value);
    }
  }
}

package dev.convoy.benchmark;

import dev.convoy.spark.forecast.PlanBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code convoy plan} predicts, beside what rounds take. */
@Command(
    name = "plan",
    description =
        "Compares what convoy plan predicts for 1, 2 and 4 executors on this machine with rounds in"
            + " local-cluster mode, or draws what it predicts up to 1,000 executors. Needs Spark"
            + " under target/spark-home: mvn -q -DskipTests package.")
final class PlanCommand extends BenchCommand {
  @Parameters(arity = "0..*", description = "Job files; LeNet-5's and the companion's by default.")
  private List<Path> jobs =
      List.of(Path.of("conf/fashion-lenet5.yaml"), Path.of("conf/fashion-companion.yaml"));

  @Option(names = "--svg", description = "Draw the jobs' curves into this file, and run nothing.")
  private Path svg;

  @Option(
      names = "--step-ms",
      split = ",",
      description = "Of the curves: milliseconds of each job's step, in place of timing it here.")
  private List<Double> stepMillis = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    checkFolder("--svg", svg);
    List<String> arguments = new ArrayList<>();
    for (Path job : jobs) {
      if (!Files.isRegularFile(job)) {
        throw wrong("needs job files, but there is none at " + job);
      }
      arguments.add(job.toString());
    }
    Class<?> main = PlanBenchmark.class;
    if (svg != null) {
      main = PlanPlot.class;
      if (!stepMillis.isEmpty() && stepMillis.size() != jobs.size()) {
        throw wrong("--step-ms needs one number for each of " + jobs.size() + " jobs");
      }
      stepMillis.forEach(millis -> arguments.add(millis.toString()));
      arguments.add(0, svg.toString());
    }
    return SparkJvm.run(main, "1g", arguments.toArray(String[]::new)) ? 0 : 1;
  }
}

package dev.convoy.benchmark;

import dev.convoy.spark.round.LargeStateBenchmark;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Rounds of a network whose state is large. */
@Command(
    name = "large-state",
    description =
        "Times rounds of a network of wide dense layers in local-cluster mode, 100 million parameters"
            + " by default, and says which memory they took. Needs Spark under target/spark-home:"
            + " mvn -q -DskipTests package.")
final class LargeStateCommand extends BenchCommand {
  /** Where contributions are summed. */
  enum Reduction {
    driver,
    sharded
  }

  @Option(names = "--units", description = "Of both layers; ${DEFAULT-VALUE} by default.")
  private int units = 9_620;

  @Option(names = "--workers", description = "${DEFAULT-VALUE} by default.")
  private int workers = 4;

  @Option(names = "--rounds", description = "${DEFAULT-VALUE} by default.")
  private int rounds = 3;

  @Option(names = "--master", description = "${DEFAULT-VALUE} by default.")
  private String master = "local-cluster[2,1,4096]";

  @Option(names = "--driver-memory", description = "${DEFAULT-VALUE} by default.")
  private String driverMemory = "1g";

  @Option(names = "--reduction", description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE}.")
  private Reduction reduction = Reduction.sharded;

  @Override
  public Integer call() throws IOException, InterruptedException {
    boolean done =
        SparkJvm.run(
            LargeStateBenchmark.class,
            driverMemory,
            Integer.toString(units),
            Integer.toString(workers),
            Integer.toString(rounds),
            master,
            reduction.name());
    return done ? 0 : 1;
  }
}

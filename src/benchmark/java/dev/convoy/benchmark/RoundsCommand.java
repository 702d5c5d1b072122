package dev.convoy.benchmark;

import dev.convoy.spark.round.RoundCostBenchmark;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What a round under Spark takes beyond computing. */
@Command(
    name = "rounds",
    description =
        "Times rounds of LeNet-5 under local[2] in turn with empty Spark jobs, and ResNet-20 by two"
            + " workers under local[2] against one under local[1], and by threads without Spark.")
final class RoundsCommand extends BenchCommand {
  /** A network that is timed. */
  enum Timed {
    lenet5,
    resnet20
  }

  @Parameters(arity = "0..*", description = "Of ${COMPLETION-CANDIDATES}; both if none is given.")
  private Timed[] networks = {};

  @Override
  public Integer call() throws IOException, InterruptedException {
    String[] names = new String[networks.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = networks[i].name();
    }
    return SparkJvm.run(RoundCostBenchmark.class, "2g", names) ? 0 : 1;
  }
}

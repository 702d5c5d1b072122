package dev.convoy.cli;

import dev.convoy.cli.console.ConsoleNotes;
import dev.convoy.report.Numbers;
import dev.convoy.run.Replay;
import dev.convoy.run.ReplayResult;
import dev.convoy.train.round.Contribution;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy replay}: reads a run, and changes nothing of it. */
@Command(
    name = "replay",
    description = "Does a worker's part of a round again, and compares it with what was logged.",
    footer = {"", "Example:", "  deploy/convoy replay out/fashion-sample --round 1870 --worker 1"})
final class ReplayCommand extends SparkCommand {
  @Parameters(paramLabel = "OUTPUT", description = "The output folder of a run.")
  private String path;

  @Option(
      names = "--round",
      required = true,
      paramLabel = "R",
      description = "Which round of the whole training, from 1.")
  private int round;

  @Option(
      names = "--worker",
      required = true,
      paramLabel = "K",
      description = "Which worker, from 0.")
  private int worker;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Replace a key of the run's job, as in data.train.path=copy; not what it did.")
  private List<String> overrides = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    SparkConf configuration = configuration();
    Replay replay = Replay.prepare(files(configuration), path, round, worker, overrides);
    try (LazySpark spark = new LazySpark(() -> start(configuration, "replay"))) {
      return print(replay.run(spark, new ConsoleNotes(System.out, System.err)), System.out);
    }
  }

  private int print(ReplayResult result, PrintStream out) {
    out.println(
        "Round "
            + round
            + " (epoch "
            + result.epoch()
            + ", round "
            + result.roundInEpoch()
            + " of "
            + result.roundsPerEpoch()
            + "), worker "
            + worker);
    result.norms().steps().forEach(out::println);
    out.println();
    result.norms().layers().forEach(out::println);
    out.println();
    Contribution contribution = result.contribution();
    out.println(
        Numbers.count(contribution.examples())
            + " images, loss "
            + Numbers.share(contribution.loss()));
    if (contribution.failure() != null) {
      out.println("Not finite: " + contribution.failure());
    }
    String hash = contribution.hashText();
    if (result.differs()) {
      System.err.println(
          "convoy: "
              + path
              + ": the contribution must be "
              + result.loggedHash().orElseThrow()
              + ", as logged, but was "
              + hash);
      return Failure.OTHER;
    }
    out.println(
        "Contribution "
            + hash
            + (result.loggedHash().isPresent()
                ? ": as it was logged"
                : ": none is logged to compare it with"));
    return Failure.DONE;
  }
}

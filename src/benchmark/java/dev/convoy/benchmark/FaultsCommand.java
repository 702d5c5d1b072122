package dev.convoy.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A training whose executors are killed again and again, beside one that nothing disturbs. */
@Command(
    name = "faults",
    description =
        "Trains LeNet-5 on Fashion-MNIST in local-cluster mode, undisturbed and with an executor"
            + " killed by SIGKILL every so many rounds: the weights must be the same, and no example"
            + " lost or counted twice. Needs deploy/fetch-data fashion-mnist.")
final class FaultsCommand extends BenchCommand {
  /** Of Fashion-MNIST. */
  private static final int EXAMPLES = 60_000;

  private static final int WORKERS = 2;
  private static final int BATCH = 64;

  /** The slowest that a disturbed run may be. */
  private static final double BAR = 1.5;

  @Option(names = "--rounds", description = "At least; ${DEFAULT-VALUE} by default.")
  private int rounds = 200;

  @Option(names = "--every", description = "Rounds from kill to kill; ${DEFAULT-VALUE}.")
  private int every = 20;

  @Option(
      names = "--steps",
      description =
          "Of a round; ${DEFAULT-VALUE}: an epoch. A new executor takes some seconds to start, however"
              + " short the rounds are.")
  private int steps = 470;

  @Option(names = "--master", description = "${DEFAULT-VALUE} by default.")
  private String master = "local-cluster[2,1,1024]";

  @Option(names = "--conf", description = "Of Spark, as key=value. May stand several times.")
  private List<String> settings = List.of();

  @Override
  public Integer call() throws Exception {
    checkPositive("--rounds", rounds);
    checkPositive("--every", every);
    checkPositive("--steps", steps);
    int stepsPerEpoch = (EXAMPLES / WORKERS + BATCH - 1) / BATCH;
    int roundsPerEpoch = (stepsPerEpoch + steps - 1) / steps;
    int epochs = (rounds + roundsPerEpoch - 1) / roundsPerEpoch;
    Path folder = Files.createDirectories(Path.of("target/benchmark/faults"));
    FaultyRun.Figures quiet = run(folder.resolve("undisturbed"), epochs, 0, 0);
    say(
        "undisturbed: %d rounds of %d steps, %.1f s (%.2f s a round), weights %s",
        quiet.rounds(), steps, quiet.seconds(), quiet.seconds() / quiet.rounds(), quiet.sha256());
    FaultyRun.Figures disturbed =
        run(folder.resolve("disturbed"), epochs, every, epochs * roundsPerEpoch);
    say(
        "with %d executors killed, one every %d rounds: %.1f s (%.1f s a loss), %d lost executors"
            + " told, weights %s",
        disturbed.kills(),
        every,
        disturbed.seconds(),
        (disturbed.seconds() - quiet.seconds()) / Math.max(1, disturbed.kills()),
        disturbed.lost(),
        disturbed.sha256());
    double ratio = disturbed.seconds() / quiet.seconds();
    boolean same = quiet.sha256().equals(disturbed.sha256());
    long expected = (long) EXAMPLES * epochs;
    boolean counted = quiet.examples() == expected && disturbed.examples() == expected;
    say(
        "same weights: %s; examples %,d and %,d of %,d: %s; time %.2f times the undisturbed (bar"
            + " %.1f)",
        same ? "yes" : "NO",
        quiet.examples(),
        disturbed.examples(),
        expected,
        counted ? "all" : "NOT ALL",
        ratio,
        BAR);
    return same && counted && ratio <= BAR ? 0 : 1;
  }

  private FaultyRun.Figures run(Path output, int epochs, int killEvery, int before)
      throws Exception {
    return new FaultyRun(master, settings, output, killEvery, before)
        .train(
            "training.epochs=" + epochs,
            "distribution.averagingFrequency=" + steps,
            "distribution.workers=" + WORKERS,
            "training.batchSize=" + BATCH,
            "data.test=",
            "checkpoint.everyRounds=0");
  }
}

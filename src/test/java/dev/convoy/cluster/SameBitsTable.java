package dev.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.cli.LocalTraining;
import dev.convoy.kernel.Kernels;
import dev.convoy.testing.EventLog;
import dev.convoy.testing.EveryTenthTaskFails;
import dev.convoy.testing.HadoopCluster;
import dev.convoy.testing.LoggedProcess;
import dev.convoy.testing.RandomSource;
import dev.convoy.testing.StandaloneCluster;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One job, trained in many ways: a row each, which ends in the same bits. Each way is seen to have
 * happened, or its row fails.
 */
final class SameBitsTable {
  private static final String EXECUTORS = "local-cluster[2,1,1024]";
  private static final String EXECUTOR = "CoarseGrainedExecutorBackend";

  /** Of 24: early enough that much is left to do. */
  private static final int LAST_KILL = 12;

  private final Path folder;
  private final TableJob job;
  private final PrintStream out;
  private final RandomSource random;
  private String expected;
  private int rows;

  /**
   * A table of no rows.
   *
   * @param folder for all runs
   * @param out takes each row when it is there
   */
  SameBitsTable(Path folder, TableJob job, PrintStream out) {
    this.folder = folder;
    this.job = job;
    this.out = out;
    this.random = new RandomSource(job.name());
  }

  /** How many rows there are. */
  int rows() {
    return rows;
  }

  private void row(String how, String sha256, String seen) {
    rows++;
    out.printf(Locale.ROOT, "%-8s  %-48s  %.16s  %s%n", job.name(), how, sha256, seen);
    out.flush();
    if (expected == null) {
      expected = sha256;
    }
    assertEquals(expected, sha256, random.again() + how);
  }

  /** Workers one after the other in this thread; the row that others are compared with. */
  void inThisThread() throws IOException {
    row("LocalTrainer, vector kernels", local(Kernels.vector()), "no Spark");
    row("LocalTrainer, scalar kernels", local(Kernels.scalar()), "no Spark");
  }

  private String local(Kernels kernels) throws IOException {
    return LocalTraining.weightsSha256(job.file(), job.overrides(), kernels);
  }

  /** Spark in one process, or with executors of their own. */
  void undisturbed(String how, String master, String... options) throws Exception {
    ScriptedTraining training = training("convoy", Map.of(), "--master", master);
    training.run(options);
    row(how, training.weightsSha256(), training.eventLog().tasks() + " tasks");
  }

  /** Both of {@code distribution.reduction}'s ways, scalar kernels, one thread and two. */
  void localModes() throws Exception {
    undisturbed("local[1]", "local[1]");
    undisturbed("local[2]", "local[2]");
    String scalar = "-Dconvoy.kernels=scalar";
    undisturbed("local[2], scalar kernels", "local[2]", "--driver-java-options", scalar);
    undisturbed(EXECUTORS + ", summed on the driver", EXECUTORS, "--set", reduction("driver"));
    undisturbed(EXECUTORS + ", sharded", EXECUTORS, "--set", reduction("sharded"));
  }

  private static String reduction(String where) {
    return "distribution.reduction=" + where;
  }

  /** A master and two workers as processes, in both deploy modes. */
  void standalone(StandaloneCluster cluster) throws Exception {
    for (String mode : List.of("client", "cluster")) {
      ScriptedTraining training =
          training("standalone/submit", cluster.environment(), "--deploy-mode", mode);
      training.run(StandaloneIT.options(cluster).toArray(String[]::new));
      EventLog log = training.eventLog();
      row(
          "standalone cluster, " + mode + " mode",
          training.weightsSha256(),
          log.tasks() + " tasks");
    }
  }

  /** YARN on HDFS, in both deploy modes. */
  void yarn(HadoopCluster hadoop, Path sparkHome) throws Exception {
    for (String mode : List.of("client", "cluster")) {
      ScriptedTraining training =
          training("yarn/submit", YarnIT.environment(hadoop, sparkHome), "--deploy-mode", mode);
      training.run(YarnIT.options(sparkHome).toArray(String[]::new));
      EventLog log = training.eventLog();
      row("YARN, " + mode + " mode", training.weightsSha256(), log.tasks() + " tasks");
    }
  }

  /** Tasks get a second attempt on the other worker as soon as the first of a round is done. */
  void speculation(StandaloneCluster cluster) throws Exception {
    ScriptedTraining training = training("standalone/submit", cluster.environment());
    List<String> options = new ArrayList<>(StandaloneIT.options(cluster));
    options.addAll(List.of("--executor-cores", "4", "--total-executor-cores", "8"));
    List.of(
            "spark.speculation=true",
            "spark.speculation.interval=1ms",
            "spark.speculation.quantile=0.25",
            "spark.speculation.multiplier=0.01",
            "spark.speculation.minTaskRuntime=0ms",
            "spark.speculation.efficiency.enabled=false",
            // A second attempt is never where the images are.
            "spark.locality.wait=0")
        .forEach(property -> options.addAll(List.of("--conf", property)));
    training.run(options.toArray(String[]::new));
    int speculative = training.eventLog().speculative();
    assertTrue(speculative > 0, "no task was speculated");
    row(
        "standalone cluster, speculation forced",
        training.weightsSha256(),
        speculative + " second attempts");
  }

  /** Every tenth task throws after its work, and is tried again. */
  void failingTasks() throws Exception {
    String tests = classes(EveryTenthTaskFails.class);
    ScriptedTraining training = training("convoy", Map.of(), "--master", EXECUTORS);
    training.run(
        "--conf",
        "spark.plugins=" + EveryTenthTaskFails.class.getName(),
        "--conf",
        "spark.driver.extraClassPath=" + tests,
        "--conf",
        "spark.executor.extraClassPath=" + tests);
    int failed = training.eventLog().failed();
    // Four tasks a round.
    assertTrue(failed >= TableJob.ROUNDS * TableJob.WORKERS / 10 - 1, failed + " tasks failed");
    row("every tenth task fails once", training.weightsSha256(), failed + " failed tasks");
  }

  private static String classes(Class<?> type) {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
  }

  /** An executor ends by SIGKILL after a random round. */
  void killedExecutor(String where) throws Exception {
    int round = 1 + random.nextInt(LAST_KILL);
    ScriptedTraining training = training("convoy", Map.of(), "--master", EXECUTORS);
    try (LoggedProcess process = training.start("--set", reduction(where))) {
      process.await(() -> training.rounds() >= round && !process.descendants(EXECUTOR).isEmpty());
      List<ProcessHandle> executors = process.descendants(EXECUTOR);
      executors.get(random.nextInt(executors.size())).destroyForcibly();
      assertEquals(0, process.exitStatus(), process::log);
    }
    int lost = training.eventLog().lostExecutors();
    assertTrue(lost > 0, random.again() + "no executor was lost");
    row(
        "executor killed after round " + round + ", " + where,
        training.weightsSha256(),
        lost + " lost executor" + (lost == 1 ? "" : "s"));
  }

  /** The driver ends by SIGKILL after random rounds, and each time another one goes on. */
  void killedDriver(int times) throws Exception {
    ScriptedTraining training =
        training(
            "convoy",
            Map.of(),
            "--master",
            "local[2]",
            "--resume",
            "--set",
            "checkpoint={everyRounds: 1, keep: 3}");
    List<Integer> kills = new ArrayList<>();
    for (int kill = 0; kill < times; kill++) {
      int stretch = LAST_KILL / times;
      int round = kill * stretch + 1 + random.nextInt(stretch);
      kills.add(round);
      String begins = kill == 0 ? "holds no checkpoint" : "Going on from ";
      try (LoggedProcess process = training.start()) {
        // Only what is in a checkpoint can be gone on from, and that is written in the background.
        process.await(
            () -> process.log().contains(begins) && training.checkpointedRound() >= round);
        process.kill();
      }
    }
    training.run();
    row(
        "driver killed and resumed after rounds " + kills,
        training.weightsSha256(),
        (times + 1) + " drivers");
  }

  private ScriptedTraining training(
      String script, Map<String, String> environment, String... options) throws IOException {
    Path place = folder.resolve(job.name()).resolve("row" + (rows + 1));
    return new ScriptedTraining(place, script, job, environment, List.of(options));
  }
}

package dev.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.cli.LocalTraining;
import dev.convoy.kernel.Kernels;
import dev.convoy.testing.LoggedProcess;
import dev.convoy.testing.StandaloneCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code deploy/standalone/submit} on a real cluster, with authentication and encryption as in its
 * own properties.
 */
class StandaloneIT {
  private static final TableJob JOB = TableJob.of("lenet5");

  @TempDir private static Path clusterFolder;
  private static StandaloneCluster cluster;
  private static String expected;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    cluster =
        StandaloneCluster.start(
            Path.of(System.getProperty("convoy.sparkHome")), clusterFolder.resolve("cluster"));
    expected = LocalTraining.weightsSha256(JOB.file(), JOB.overrides(), Kernels.chosen());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  static List<String> options(StandaloneCluster cluster) {
    return List.of(
        "--master",
        cluster.master(),
        "--executor-cores",
        "1",
        "--executor-memory",
        "512m",
        "--total-executor-cores",
        "2",
        "--driver-memory",
        "512m");
  }

  @Test
  void inClientModeATrainingEndsInTheBitsOfTheLocalTrainer() throws Exception {
    ScriptedTraining training =
        new ScriptedTraining(
            folder, "standalone/submit", JOB, cluster.environment(), options(cluster));
    training.run();
    assertEquals(expected, training.weightsSha256());
    assertTrue(training.eventLog().tasks() > TableJob.ROUNDS, "the event log holds tasks");
  }

  @Test
  void inClusterModeTheDriverRunsOnAWorker() throws Exception {
    ScriptedTraining training =
        new ScriptedTraining(
            folder, "standalone/submit", JOB, cluster.environment(), options(cluster));
    try (LoggedProcess process = training.start("--deploy-mode", "cluster")) {
      assertEquals(0, process.exitStatus(), process::log);
      assertTrue(
          process.log().startsWith("convoy: the driver runs on the cluster; "), process::log);
      assertTrue(process.log().matches("(?s).*submitted as driver-\\d+-\\d+.*"), process::log);
    }
    assertEquals(expected, training.weightsSha256());
    try (Stream<Path> drivers = Files.walk(clusterFolder.resolve("cluster"))) {
      assertTrue(
          drivers.anyMatch(path -> path.getFileName().toString().startsWith("driver-")),
          "a worker has a driver's folder");
    }
  }

  @Test
  void secondAttemptsAtTasksChangeNoBit() throws Exception {
    SameBitsTable table = new SameBitsTable(folder, JOB, System.out);
    table.inThisThread();
    table.speculation(cluster);
  }

  @Test
  void whoDoesNotKnowTheSecretIsRefusedInALine() throws Exception {
    Map<String, String> environment =
        Map.of("SPARK_HOME", cluster.environment().get("SPARK_HOME"), "SPARK_CONF_DIR", "/none");
    ScriptedTraining training =
        new ScriptedTraining(folder, "standalone/submit", JOB, environment, options(cluster));
    try (LoggedProcess process = training.start()) {
      assertEquals(2, process.exitStatus());
      assertEquals(
          "convoy: spark.authenticate needs the cluster's spark.authenticate.secret in"
              + " '/none/spark-defaults.conf'; a cluster that has none needs --conf"
              + " spark.authenticate=false --conf spark.network.crypto.enabled=false\n",
          process.log());
    }
  }
}

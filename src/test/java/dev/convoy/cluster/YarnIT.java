package dev.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.cli.LocalTraining;
import dev.convoy.kernel.Kernels;
import dev.convoy.testing.HadoopCluster;
import dev.convoy.testing.LoggedProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code deploy/yarn/submit} on a real YARN, with authentication and encryption as in its own
 * properties: wherever the line of Spark has YARN's client here.
 */
@EnabledIf("hasYarn")
class YarnIT {
  private static final TableJob JOB = TableJob.of("lenet5");

  @TempDir private static Path clusterFolder;
  private static HadoopCluster hadoop;
  private static String expected;

  @TempDir private Path folder;

  static boolean hasYarn() {
    return YarnIT.class.getResource("/org/apache/spark/deploy/yarn/Client.class") != null;
  }

  @BeforeAll
  static void start() throws Exception {
    hadoop = new HadoopCluster(clusterFolder);
    expected = LocalTraining.weightsSha256(JOB.file(), JOB.overrides(), Kernels.chosen());
  }

  @AfterAll
  static void stop() {
    hadoop.close();
  }

  static Map<String, String> environment(HadoopCluster hadoop, Path sparkHome) {
    return Map.of(
        "SPARK_HOME",
        sparkHome.toString(),
        "HADOOP_CONF_DIR",
        hadoop.configuration().toString(),
        "SPARK_LOCAL_IP",
        "127.0.0.1");
  }

  static List<String> options(Path sparkHome) {
    return List.of(
        // The nodes are this machine, which has Spark's jars.
        "--conf",
        "spark.yarn.jars=local:" + sparkHome + "/jars/*",
        "--conf",
        "spark.yarn.am.memory=512m",
        "--conf",
        "spark.yarn.maxAppAttempts=1",
        "--num-executors",
        "2",
        "--executor-cores",
        "1",
        "--executor-memory",
        "512m",
        "--driver-memory",
        "512m");
  }

  private ScriptedTraining training(String... more) throws Exception {
    Path sparkHome = Path.of(System.getProperty("convoy.sparkHome"));
    List<String> options = new ArrayList<>(options(sparkHome));
    options.addAll(List.of(more));
    return new ScriptedTraining(
        folder, "yarn/submit", JOB, environment(hadoop, sparkHome), options);
  }

  @Test
  void inClientModeATrainingEndsInTheBitsOfTheLocalTrainer() throws Exception {
    ScriptedTraining training = training();
    training.run();
    assertEquals(expected, training.weightsSha256());
    assertTrue(training.eventLog().tasks() > TableJob.ROUNDS, "the event log holds tasks");
  }

  @Test
  void inClusterModeTheDriverRunsInYarn() throws Exception {
    ScriptedTraining training = training("--deploy-mode", "cluster");
    training.run();
    assertEquals(expected, training.weightsSha256());
  }

  @Test
  void inClusterModeAFailureIsOne() throws Exception {
    ScriptedTraining training = training("--deploy-mode", "cluster");
    try (LoggedProcess process = training.start("--set", "seed=none")) {
      assertEquals(1, process.exitStatus(), process::log);
      assertTrue(process.log().contains("convoy ended with exit status 2"), process::log);
    }
  }
}

package dev.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.testing.LoggedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster needs and was not given is said in a line, before Spark starts. */
class SubmitIT {
  private static final String TRUSTING = "spark.authenticate=false";

  @TempDir private Path folder;

  private void assertRefused(String message, String cluster, String... options) throws Exception {
    assertRefused(message, Path.of(System.getProperty("convoy.sparkHome")), cluster, options);
  }

  private void assertRefused(String message, Path sparkHome, String cluster, String... options)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of("deploy", cluster, "submit").toAbsolutePath().toString());
    command.addAll(List.of("train", "conf/fashion-sample.yaml"));
    command.addAll(List.of(options));
    Map<String, String> environment =
        Map.of("SPARK_HOME", sparkHome.toString(), "HADOOP_CONF_DIR", "", "YARN_CONF_DIR", "");
    Path log = folder.resolve("log");
    try (LoggedProcess process = LoggedProcess.start(log, environment, command)) {
      assertEquals(2, process.exitStatus(), process::log);
      assertEquals("convoy: " + message + "\n", process.log());
    }
  }

  @Test
  void eachClusterWantsAMasterOfItsKind() throws Exception {
    assertRefused(
        "a standalone cluster needs --master spark://HOST:PORT, but it was 'local[*]'",
        "standalone");
    assertRefused(
        "Kubernetes needs --master k8s://https://HOST:PORT, but it was 'yarn'",
        "kubernetes",
        "--master",
        "yarn");
    assertRefused(
        "YARN needs --master yarn, but it was 'spark://host:7077'",
        "yarn",
        "--master",
        "spark://host:7077");
  }

  @Test
  void sparkOfAVersionOrAScalaThatDoesNotFitIsRefused() throws Exception {
    Path four = sparkHome("spark-core_2.13-4.0.0.jar");
    assertRefused(
        "Spark 4.0 in '"
            + four
            + "' is not supported: Convoy runs on Spark 3.5, and on 4.1 or newer",
        four,
        "yarn");
    Path twelve = sparkHome("spark-core_2.12-3.5.6.jar");
    assertRefused(
        "the Spark in '"
            + twelve
            + "' is built for Scala 2.12, but Convoy needs one for Scala 2.13",
        twelve,
        "yarn");
  }

  /** A folder that looks like Spark's. */
  private Path sparkHome(String core) throws IOException {
    Path home = folder.resolve(core + "-home");
    Files.createDirectories(home.resolve("bin"));
    Path submit = Files.createFile(home.resolve("bin/spark-submit"));
    assertTrue(submit.toFile().setExecutable(true));
    Files.createDirectories(home.resolve("jars"));
    Files.createFile(home.resolve("jars").resolve(core));
    return home;
  }

  @Test
  void yarnWantsTheFolderOfItsConfiguration() throws Exception {
    assertRefused(
        "YARN needs HADOOP_CONF_DIR, the folder with the cluster's core-site.xml and yarn-site.xml",
        "yarn");
  }

  @Test
  void theFolderOfTheEventLogMustBeThere() throws Exception {
    Path missing = folder.resolve("events");
    assertRefused(
        "spark.eventLog.dir '"
            + missing.toUri()
            + "' is no folder: make it, or add --conf spark.eventLog.enabled=false",
        "standalone",
        "--master",
        "spark://host:7077",
        "--conf",
        TRUSTING,
        "--conf",
        "spark.eventLog.dir=" + missing.toUri());
  }
}

package dev.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.testing.LoggedProcess;
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
    List<String> command = new ArrayList<>();
    command.add(Path.of("deploy", cluster, "submit").toAbsolutePath().toString());
    command.addAll(List.of("train", "conf/fashion-sample.yaml"));
    command.addAll(List.of(options));
    Map<String, String> environment =
        Map.of(
            "SPARK_HOME",
            System.getProperty("convoy.sparkHome"),
            "HADOOP_CONF_DIR",
            "",
            "YARN_CONF_DIR",
            "");
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

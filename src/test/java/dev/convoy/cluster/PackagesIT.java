package dev.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.cli.LocalTraining;
import dev.convoy.kernel.Kernels;
import dev.convoy.testing.LoggedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs Convoy by its coordinates in a Maven repository, with Spark's own {@code spark-submit}. */
class PackagesIT {
  private static final TableJob JOB = TableJob.of("lenet5");
  private static final String VERSION = System.getProperty("convoy.version");
  private static final String FILE = "convoy_2.13-" + VERSION;

  @TempDir private Path folder;

  /** A repository of files that holds what is published of a build. */
  private Path repository() throws IOException {
    Path repository = folder.resolve("repository");
    Path version = repository.resolve("dev/convoy/convoy_2.13").resolve(VERSION);
    Files.createDirectories(version);
    copy("convoy.jar", version.resolve(FILE + ".jar"));
    copy("convoy.pom", version.resolve(FILE + ".pom"));
    return repository;
  }

  private static void copy(String property, Path target) throws IOException {
    Files.copy(Path.of(System.getProperty(property)), target);
  }

  private LoggedProcess submit(Path output) throws IOException {
    Path ivy = folder.resolve("ivy");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("convoy.sparkHome"), "bin/spark-submit").toString());
    command.addAll(List.of("--master", "local-cluster[2,1,1024]"));
    command.addAll(List.of("--packages", "dev.convoy:convoy_2.13:" + VERSION));
    command.addAll(List.of("--repositories", repository().toUri().toString()));
    command.addAll(List.of("--conf", "spark.jars.ivy=" + ivy));
    command.addAll(List.of("--conf", "spark.ui.enabled=false"));
    command.addAll(List.of("--conf", "spark.driver.host=127.0.0.1"));
    command.addAll(List.of("--class", "dev.convoy.cli.Convoy", "spark-internal"));
    command.addAll(List.of("train", JOB.file().toString(), "--output", output.toString()));
    JOB.overrides().forEach(override -> command.addAll(List.of("--set", override)));
    // Not the repositories of whoever runs the tests.
    Map<String, String> environment = Map.of("SPARK_SUBMIT_OPTS", "-Duser.home=" + folder);
    return LoggedProcess.start(folder.resolve("log"), environment, command);
  }

  @Test
  void sparkSubmitTrainsByTheCoordinatesAlone() throws Exception {
    Path output = folder.resolve("run");
    try (LoggedProcess process = submit(output)) {
      assertEquals(0, process.exitStatus(), process::log);
    }
    String expected = LocalTraining.weightsSha256(JOB.file(), JOB.overrides(), Kernels.chosen());
    assertEquals(expected, ScriptedTraining.weightsSha256(output));
    // No library comes along: Convoy's own are in its jar, and Spark has the others.
    try (Stream<Path> jars = Files.list(folder.resolve("ivy/jars"))) {
      assertEquals(
          List.of("dev.convoy_" + FILE + ".jar"),
          jars.map(jar -> jar.getFileName().toString()).toList());
    }
  }
}

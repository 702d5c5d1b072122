package dev.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.convoy.testing.LoggedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code deploy/convoy}, whatever it finds around it. */
class ScriptIT {
  private static final Path SPARK = Path.of(System.getProperty("convoy.sparkHome"));
  private static final Path ROOT = Path.of("").toAbsolutePath();

  @TempDir private Path folder;

  @BeforeEach
  void needsTheJar() throws IOException {
    try (var built = Files.list(Path.of("target"))) {
      assumeTrue(
          built.anyMatch(file -> file.getFileName().toString().matches("convoy_2\\.13-.*\\.jar")),
          "mvn package comes before");
    }
  }

  /** What a script of the shell left, in which CONVOY is the command. */
  private record Left(int status, List<String> lines) {}

  private Left run(Map<String, String> environment, String script) throws Exception {
    Path log = folder.resolve("log");
    String text =
        script.replace("CONVOY", ROOT + "/deploy/convoy").replace("ROOT", ROOT.toString());
    try (LoggedProcess process =
        LoggedProcess.start(log, environment, List.of("bash", "-c", text))) {
      int status = process.exitStatus();
      return new Left(status, process.log().lines().toList());
    }
  }

  private static Map<String, String> spark() {
    return Map.of("SPARK_HOME", SPARK.toString());
  }

  private void assertVersion(Left left) {
    assertEquals(0, left.status(), left.lines().toString());
    assertEquals(1, left.lines().size(), left.lines().toString());
    assertTrue(left.lines().get(0).startsWith("convoy "), left.lines().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CONVOY --version",
        "export CDPATH=/:ROOT; cd ROOT/deploy && ./convoy --version",
        "export CDPATH=.:ROOT; cd ROOT && deploy/convoy --version",
        "cd / && CONVOY --version",
        "LC_ALL=C CONVOY --version",
        "env -i SPARK_HOME=\"$SPARK_HOME\" ${JAVA_HOME:+JAVA_HOME=\"$JAVA_HOME\"} CONVOY --version",
        "CONVOY --version <&-",
        "CONVOY --version 2>&-",
      })
  void theEnvironmentDoesNotMatter(String script) throws Exception {
    assertVersion(run(spark(), script));
  }

  @Test
  void aClosedStandardOutputIsTold() throws Exception {
    assertEquals(
        new Left(1, List.of("convoy: standard output can't be written: Bad file descriptor")),
        run(spark(), "CONVOY inspect ROOT/conf/fashion-sample.yaml >&-"));
    assertEquals(new Left(1, List.of()), run(spark(), "CONVOY --version >&- 2>&- <&-"));
  }

  @Test
  void aTableThatIsNotThereIsToldInALine() throws Exception {
    Left left =
        run(
            spark(),
            "CONVOY train ROOT/conf/fashion-sample.yaml --output "
                + folder.resolve("run")
                + " --set 'data.train={format: table, path: /nowhere, source: parquet}'");
    assertEquals(2, left.status(), left.lines().toString());
    List<String> lines =
        left.lines().stream().filter(line -> !line.contains("incubator modules")).toList();
    assertEquals(1, lines.size(), lines.toString());
    assertTrue(
        lines.get(0).startsWith("convoy: /nowhere: can't be read: [PATH_NOT_FOUND]"),
        lines.toString());
  }

  private void write(Path script, String text) throws IOException {
    Files.createDirectories(script.getParent());
    Files.writeString(script, "#!/usr/bin/env bash\n" + text + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Map<String, String> path(Path bin) {
    return Map.of("SPARK_HOME", "", "PATH", bin + ":" + System.getenv("PATH"));
  }

  @Test
  void theSparkOfPipAndCondaIsFound() throws Exception {
    Path bin = folder.resolve("environment/bin");
    write(bin.resolve("find-spark-home"), "export SPARK_HOME='" + SPARK + "'");
    write(bin.resolve("spark-submit"), "exec '" + SPARK + "/bin/spark-submit' \"$@\"");
    assertVersion(run(path(bin), "CONVOY --version"));
    Path link = folder.resolve("links");
    Files.createDirectory(link);
    Files.createSymbolicLink(link.resolve("spark-submit"), bin.resolve("spark-submit"));
    assertVersion(run(path(link), "CONVOY --version"));
  }

  @Test
  void theSparkOfAnotherScriptIsFound() throws Exception {
    Path bin = folder.resolve("own/bin");
    write(bin.resolve("spark-submit"), "exec '" + SPARK + "/bin/spark-submit' \"$@\"");
    assertVersion(run(path(bin), "CONVOY --version"));
  }

  @Test
  void aSparkThatCantBeFoundOrDoesNotSuitIsRefused() throws Exception {
    Path bin = folder.resolve("own/bin");
    write(bin.resolve("spark-submit"), "exit 1");
    assertEquals(
        new Left(
            2,
            List.of(
                "convoy: the Spark of '"
                    + bin.resolve("spark-submit")
                    + "' can't be found: set SPARK_HOME to the folder that holds its jars/")),
        run(path(bin), "CONVOY --version"));
    Path old = folder.resolve("old");
    Files.createDirectories(old.resolve("jars"));
    Files.createFile(old.resolve("jars/spark-core_2.13-4.0.0.jar"));
    write(bin.resolve("find-spark-home"), "export SPARK_HOME='" + old + "'");
    Left left = run(path(bin), "CONVOY --version");
    assertEquals(2, left.status());
    assertTrue(
        left.lines().get(0).startsWith("convoy: Spark 4.0 in '" + old + "' is not supported: "),
        left.lines().toString());
  }

  @Test
  void aUserOfANumberAloneRunsOnSpark() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    String as = "setpriv --reuid 12345 --regid 12345 --clear-groups env HOME=/ ";
    assumeTrue(run(spark(), as + "test -r ROOT/pom.xml").status() == 0, "root may do that alone");
    Path pictures = folder.resolve("pictures");
    Left left =
        run(
            spark(),
            "cd ROOT && "
                + as
                + "CONVOY filter data-samples/images --kernel laplacian --output "
                + pictures);
    assertEquals(0, left.status(), left.lines().toString());
    assertTrue(Files.exists(pictures.resolve("bag.png")), left.lines().toString());
  }
}

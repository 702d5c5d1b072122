package dev.convoy.ml.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.ml.param.Param;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the module for Python to the params in Java, and to Python itself. */
class PythonModuleTest {
  private static final int SECONDS = 60;

  @BeforeAll
  static void writeTheModuleIfAsked() throws IOException {
    if (Boolean.getBoolean("convoy.python.write")) {
      Files.createDirectories(PythonModule.FILE.getParent());
      Files.writeString(PythonModule.FILE, PythonModule.make(), StandardCharsets.UTF_8);
      for (Path file : PythonModule.AROUND) {
        Files.writeString(file, PythonModule.AROUND_SOURCE, StandardCharsets.UTF_8);
      }
    }
  }

  private static String committed() throws IOException {
    return Files.readString(PythonModule.FILE, StandardCharsets.UTF_8);
  }

  @Test
  void theModuleIsWhatTheParamsInJavaSay() throws IOException {
    assertEquals(PythonModule.make(), committed(), "out of date: run " + PythonModule.COMMAND);
    for (Path file : PythonModule.AROUND) {
      assertEquals(PythonModule.AROUND_SOURCE, Files.readString(file), file.toString());
    }
  }

  @Test
  void everyStageHasItsClassWithItsParamsAndNoOther() throws IOException {
    List<PythonStage> stages = PythonStage.all();
    assertTrue(stages.size() >= 2, stages.toString());
    for (PythonStage stage : stages) {
      String body = committed().split("\nclass " + stage.name() + "\\(", 2)[1].split("\nclass ")[0];
      List<String> found =
          Pattern.compile("(?m)^    (\\w+) = Param\\($")
              .matcher(body)
              .results()
              .map(match -> match.group(1))
              .toList();
      assertEquals(stage.params().stream().map(Param::name).toList(), found, stage.name());
      for (Param<?> param : stage.params()) {
        assertTrue(body.contains(PythonSource.literal(param.doc())), param.name());
      }
    }
  }

  @Test
  void pythonCompilesIt(@TempDir Path folder) throws Exception {
    assumeTrue(hasPython(), "there is no python3 here");
    List<Path> files = new ArrayList<>(PythonModule.AROUND);
    files.add(PythonModule.FILE);
    for (Path file : files) {
      Path copy = Files.copy(file, folder.resolve(files.indexOf(file) + ".py"));
      assertEquals("", python("-W", "error", "-m", "py_compile", copy.toString()));
    }
  }

  @Test
  void pythonKnowsTheNamesOfAllClasses() throws Exception {
    assumeTrue(hasPython(), "there is no python3 here");
    String classes =
        python(
            "-c",
            "import ast, sys\n"
                + "tree = ast.parse(open(sys.argv[1], encoding='utf-8').read())\n"
                + "print(*sorted(n.name for n in tree.body if isinstance(n, ast.ClassDef)))\n",
            PythonModule.FILE.toString());
    TreeSet<String> expected = new TreeSet<>(List.of("CnnTrainingSummary"));
    PythonStage.all().forEach(stage -> expected.add(stage.name()));
    assertEquals(String.join(" ", expected), classes.strip());
  }

  @Test
  void pythonFindsItInAJar(@TempDir Path folder) throws Exception {
    assumeTrue(hasPython(), "there is no python3 here");
    Path resources = Path.of("src/main/resources");
    Path jar = folder.resolve("convoy.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      List<Path> files = new ArrayList<>(PythonModule.AROUND);
      files.add(PythonModule.FILE);
      for (Path file : files) {
        out.putNextEntry(new ZipEntry(resources.relativize(file).toString()));
        out.write(Files.readAllBytes(file));
        out.closeEntry();
      }
    }
    String place =
        python(
            "-c",
            "import sys\n"
                + "sys.path.insert(0, sys.argv[1])\n"
                + "import importlib.util\n"
                + "print(importlib.util.find_spec('dev.convoy.ml').origin)\n",
            jar.toString());
    assertEquals(jar + "/dev/convoy/ml/__init__.py", place.strip());
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Runs Python, and returns what it said. */
  private static String python(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("python3"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), said);
    assertEquals(0, process.exitValue(), said);
    return said;
  }
}

package dev.convoy.spark.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.testing.ForkedJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedFolderTest {
  @TempDir private Path folder;
  private final HadoopFiles files = new HadoopFiles(new Configuration(false));

  /** Begins a folder, and ends the process. */
  static final class Ending {
    public static void main(String[] args) throws IOException {
      begin(new HadoopFiles(new Configuration(false)), Path.of(args[0]));
      System.exit(7);
    }
  }

  private static UnfinishedFolder begin(HadoopFiles files, Path target) throws IOException {
    UnfinishedFolder begun = UnfinishedFolder.of(files, target.toString());
    files.makeFolder(begun.path() + "/in");
    files.save(begun.path() + "/in/new", out -> out.write(1));
    return begun;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found
          .filter(path -> !path.equals(folder))
          .map(path -> folder.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void itIsBesideItsPlaceUntilItIsFinished() throws IOException {
    Path target = folder.resolve("a: name");
    try (UnfinishedFolder begun = begin(files, target)) {
      assertEquals(1, names().stream().filter(name -> PartName.isOne(name)).count());
      begun.finish();
    }
    assertEquals(List.of("a: name", "a: name/in", "a: name/in/new"), names());
  }

  @Test
  void itGoesUnlessItIsFinished() throws IOException {
    Files.createDirectories(folder.resolve("out"));
    Files.writeString(folder.resolve("out/old"), "");
    assertThrows(
        IOException.class,
        () -> {
          try (UnfinishedFolder begun = begin(files, folder.resolve("out"))) {
            throw new IOException("disk full");
          }
        });
    assertEquals(List.of("out", "out/old"), names());
  }

  @Test
  void theOldOneGoesAsAWhole() throws IOException {
    Files.createDirectories(folder.resolve("out/deep"));
    Files.writeString(folder.resolve("out/deep/old"), "");
    try (UnfinishedFolder begun = begin(files, folder.resolve("out/"))) {
      begun.finish();
    }
    assertEquals(List.of("out", "out/in", "out/in/new"), names());
  }

  @Test
  void theOldOneHasItsNameAgainIfTheNewOneCannotHaveIt() throws IOException {
    Files.createDirectories(folder.resolve("out"));
    Files.writeString(folder.resolve("out/old"), "");
    try (UnfinishedFolder begun = begin(files, folder.resolve("out"))) {
      files.remove(begun.path());
      assertThrows(IOException.class, begun::finish);
    }
    assertEquals(List.of("out", "out/old"), names());
  }

  @Test
  void theEndOfTheProcessTakesItAway() throws IOException, InterruptedException {
    List<Path> classPath =
        Arrays.stream(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"))
                    .split(File.pathSeparator))
            .map(Path::of)
            .toList();
    ForkedJvm.Result result =
        ForkedJvm.run(classPath, Ending.class, List.of(), folder.resolve("out").toString());
    assertEquals(7, result.status(), result::errors);
    assertEquals(List.of(), names());
    assertTrue(Files.exists(folder));
  }
}

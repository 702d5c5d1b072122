package dev.convoy.spark.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.convoy.image.DataException;
import dev.convoy.model.FileSaver.Content;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written on a disk where others may write, too. */
class LocalOutputTest {
  private static final Content CONTENT = out -> out.write("ours".getBytes(UTF_8));

  @TempDir private Path folder;
  private final HadoopFiles files = new HadoopFiles(new Configuration());
  private Path victim;

  @BeforeEach
  void writeVictim() throws IOException {
    victim = Files.writeString(folder.resolve("victim"), "theirs");
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  /** Every way to write a file, each of which leaves the same in it. */
  private List<Step> ways() {
    return List.of(
        () -> files.save(path("out"), CONTENT),
        () -> {
          try (OutputStream log = files.log(path("out"))) {
            CONTENT.writeTo(log);
          }
        },
        () -> {
          try (OutputStream log = files.log(path("out"), CONTENT)) {
            log.flush();
          }
        });
  }

  private interface Step {
    void run() throws IOException;
  }

  @Test
  void noLinkIsFollowed() throws IOException {
    for (Step way : ways()) {
      Files.createSymbolicLink(folder.resolve(".out.part"), victim);
      Files.createSymbolicLink(folder.resolve("out"), victim);
      way.run();
      assertEquals("theirs", Files.readString(victim));
      assertEquals("ours", Files.readString(folder.resolve("out")));
      assertFalse(Files.isSymbolicLink(folder.resolve("out")));
      Files.delete(folder.resolve(".out.part"));
      Files.delete(folder.resolve("out"));
      Files.createSymbolicLink(folder.resolve("out"), folder.resolve("nowhere"));
      way.run();
      assertEquals("ours", Files.readString(folder.resolve("out")));
      assertEquals(List.of("out", "victim"), names());
      Files.delete(folder.resolve("out"));
    }
  }

  @Test
  void aFileIsMadeOnlyWhereThereIsNothing() throws IOException {
    Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nowhere"));
    PlainLocalFileSystem local = new PlainLocalFileSystem();
    local.initialize(folder.toUri(), new Configuration());
    for (String name : List.of("victim", "dangling")) {
      assertThrows(
          IOException.class,
          () -> local.create(new org.apache.hadoop.fs.Path(path(name)), false).close());
    }
    assertFalse(Files.exists(folder.resolve("nowhere")));
  }

  @Test
  void namesOfPartsCantBeGuessed() throws IOException {
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      files.save(path("out"), out -> seen.addAll(names()));
    }
    seen.removeIf(name -> !name.startsWith("."));
    assertEquals(2, seen.stream().distinct().count(), seen.toString());
    assertTrue(seen.stream().allMatch(name -> name.matches("\\.out\\.[0-9a-f]{16}\\.part")));
  }

  @Test
  void whatKilledProcessesLeftIsRemoved() throws IOException {
    String left = PartName.of("out");
    Files.writeString(folder.resolve(left), "half");
    assertTrue(PartName.isOne(left));
    assertFalse(PartName.isOne(".out.part"));
    files.removeParts(folder.toString());
    assertEquals(List.of("victim"), names());
  }

  @Test
  void theLongestNamesHaveParts() throws IOException {
    for (String name : List.of("n".repeat(255), "\u00fc".repeat(127), "\ud83d\ude00".repeat(63))) {
      files.save(path(name), CONTENT);
      assertEquals("ours", Files.readString(folder.resolve(name)));
    }
  }

  @Test
  void whatIsNoFileIsRefused() throws Exception {
    Path pipe = folder.resolve("out");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    assertRefused("pipe, a socket or a device");
    Files.delete(pipe);
    Files.createSymbolicLink(pipe, Path.of("/dev/null"));
    assertRefused("pipe, a socket or a device");
    Files.delete(pipe);
    Files.createDirectory(pipe);
    assertRefused("folder");
  }

  private void assertRefused(String what) throws IOException {
    for (Step way : ways()) {
      DataException e = assertThrows(DataException.class, way::run);
      assertEquals(path("out") + ": the output must be a file, but is a " + what, e.getMessage());
    }
    assertEquals(List.of("out", "victim"), names());
  }

  @Test
  void aFolderThatCantBeMadeSaysWhy() {
    IOException e =
        assertThrows(IOException.class, () -> files.makeFolder(path("victim") + "/below"));
    assertEquals(
        path("victim") + "/below: the folder can't be made: Not a directory", e.getMessage());
  }
}

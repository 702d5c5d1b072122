package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.testing.FullDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each writer says and leaves where the disk is full. */
class FullDiskIT {
  private static final String REASON = ": can't be written: No space left on device";

  @TempDir private Path folder;
  private FullDisk disk;
  private SmallJob job;

  @BeforeEach
  void mount() throws Exception {
    disk = FullDisk.mount(folder.resolve("disk"));
    job = new SmallJob(folder);
  }

  @AfterEach
  void unmount() throws Exception {
    if (disk != null) {
      disk.close();
    }
  }

  private String on(String name) {
    return disk.folder().resolve(name).toString();
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.walk(disk.folder())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> disk.folder().relativize(file).toString())
          .filter(name -> !name.equals(".filler"))
          .sorted()
          .toList();
    }
  }

  private void assertTold(CommandRun run, String path) throws IOException {
    assertEquals(List.of("convoy: " + on(path) + REASON), run.err());
    assertEquals(1, run.status());
    assertEquals(List.of(), left());
  }

  @Test
  void predictions() throws IOException {
    disk.fill(0);
    String images = "data-samples/images/bag.png";
    assertTold(CommandRun.of("predict", model(), images, "--output", on("out.jsonl")), "out.jsonl");
  }

  /** A model of pictures of 28 by 28. */
  private String model() throws IOException {
    String output = folder.resolve("fashion").toString();
    CommandRun run =
        CommandRun.of(
            "train",
            "conf/fashion-sample.yaml",
            "--output",
            output,
            "--set",
            "training.epochs=1",
            "--set",
            "distribution.averagingFrequency=100");
    assertEquals(0, run.status(), run.err().toString());
    return output;
  }

  @Test
  void explanations() throws IOException {
    String model = model();
    disk.fill(8192);
    CommandRun run =
        CommandRun.of("explain", model, "data-samples/images/bag.png", "--output", on("page.html"));
    assertTold(run, "page.html");
  }

  @Test
  void filteredPictures() throws IOException {
    disk.fill(0);
    CommandRun one =
        CommandRun.of(
            "filter",
            "data-samples/images/bag.png",
            "--kernel",
            "sobel-vertical",
            "--output",
            on("edges"));
    assertEquals(1, one.status());
    assertEquals(1, one.err().size(), one.err().toString());
    assertTrue(one.err().get(0).startsWith("convoy: " + on("edges")), one.err().get(0));
    assertTrue(one.err().get(0).endsWith("No space left on device"), one.err().get(0));
    CommandRun many =
        CommandRun.of(
            "filter", "data-samples/images", "--kernel", "sobel-vertical", "--output", on("edges"));
    assertEquals(1, many.status());
    assertEquals(1, many.err().size(), many.err().toString());
    assertTrue(many.err().get(0).startsWith("convoy: " + on("edges")), many.err().get(0));
    assertTrue(many.err().get(0).endsWith("No space left on device"), many.err().get(0));
  }

  @Test
  void packs() throws IOException {
    Path pictures = folder.resolve("pictures");
    for (String name : List.of("a", "b")) {
      Files.createDirectories(pictures.resolve(name));
      Files.copy(Path.of("data-samples/images/bag.png"), pictures.resolve(name).resolve("bag.png"));
    }
    disk.fill(0);
    CommandRun run = CommandRun.of("pack", pictures.toString(), "--output", on("pack"));
    assertEquals(1, run.status());
    assertEquals(1, run.err().size(), run.err().toString());
    assertTrue(run.err().get(0).startsWith("convoy: " + on("pack")), run.err().get(0));
    assertTrue(run.err().get(0).endsWith("No space left on device"), run.err().get(0));
  }

  @Test
  void theBeginningOfATraining() throws IOException {
    disk.fill(0);
    CommandRun run = CommandRun.of("train", job.file.toString(), "--output", on("run"));
    assertEquals(2, run.status());
    assertEquals(
        List.of(
            "convoy: "
                + on("run")
                + ": the output folder can't be written: No space left on device"),
        run.err());
  }

  @Test
  void trainingGoesOnWithoutMetricsAndCheckpointsAndResumesInTheSameBits() throws Exception {
    String[] whole = {"train", job.file.toString(), "--output", folder.resolve("whole").toString()};
    assertEquals(0, CommandRun.of(whole).status());
    // There is room for the lock, and for some lines of the log.
    Path full = disk.folder().resolve("run");
    disk.fill(8 * 4096);
    CommandRun run =
        CommandRun.of(
            "train",
            job.file.toString(),
            "--output",
            full.toString(),
            "--set",
            "checkpoint.everyRounds=1",
            "--set",
            "checkpoint.keep=3");
    assertEquals(1, run.status(), run.err().toString());
    String log = String.join("\n", run.err());
    assertTrue(log.contains("could not be written: " + full), log);
    assertTrue(log.contains("No space left on device; training goes on"), log);
    assertTrue(
        run.out().stream().anyMatch(line -> line.startsWith("    2/2 ")), run.out().toString());
    disk.empty();
    CommandRun resumed =
        CommandRun.of(
            "train",
            job.file.toString(),
            "--output",
            full.toString(),
            "--resume",
            "--set",
            "checkpoint.everyRounds=1",
            "--set",
            "checkpoint.keep=3");
    assertEquals(0, resumed.status(), resumed.err().toString());
    assertEquals(
        -1,
        Files.mismatch(
            folder.resolve("whole/model/weights.safetensors"),
            full.resolve("model/weights.safetensors")));
    assertFalse(left().stream().anyMatch(name -> name.endsWith(".part")), left().toString());
  }

  @Test
  void sparksOwnFiles() throws IOException {
    disk.fill(0);
    System.setProperty("spark.local.dir", disk.folder().toString());
    CommandRun run;
    try {
      run = CommandRun.of("train", job.file.toString(), "--set", "checkpoint.everyRounds=1");
    } finally {
      System.clearProperty("spark.local.dir");
    }
    assertEquals(1, run.status());
    assertEquals(
        List.of(
            "convoy: spark.local.dir, "
                + disk.folder()
                + REASON
                + "; Spark keeps images that memory has no room for there, and what it deals anew"),
        run.err());
    CommandRun resumed = CommandRun.of("train", job.file.toString(), "--resume");
    assertEquals(0, resumed.status(), resumed.err().toString());
  }
}

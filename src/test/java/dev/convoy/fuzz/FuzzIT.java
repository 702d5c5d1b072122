package dev.convoy.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.cli.CommandRun;
import dev.convoy.data.PictureNames;
import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.DataFiles;
import dev.convoy.testing.PictureBytes;
import dev.convoy.testing.SampleImages;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changed pictures, models, jobs, lists, checkpoints and packs: exit status 0 or 2, one line of at
 * most 500 characters without control characters, within 5 seconds and 300 MB beside Spark's own.
 * {@code -Dconvoy.fuzz.cases=5000} runs more than these few, {@code -Dconvoy.fuzz.first=N} others.
 */
class FuzzIT {
  private static final int CASES = Integer.getInteger("convoy.fuzz.cases", 300);
  private static final int FIRST = Integer.getInteger("convoy.fuzz.first", 0);

  /** Spark itself takes some 150 MB. */
  private static final String HEAP = "-Xmx450m";

  private static final ImageBlock IMAGES = SampleImages.random(12, Shape.of(3, 16, 16), 3, 5);
  private static final List<String> CLASSES = List.of("bird", "cat", "dog");

  private static final String JOB =
      """
      name: fuzzed
      seed: 7
      data:
        train: {format: images, path: FOLDER/classes}
        test: {format: images, path: FOLDER/classes}
        classes: [bird, cat, dog]
        preprocess: [resize: {size: 16}]
        augment: [horizontalFlip]
        normalize: {mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25]}
      network:
        input: [3, 16, 16]
        layers:
          - conv2d: {name: conv1, filters: 8, kernel: 3, padding: same}
          - batchNorm2d
          - relu
          - maxPool2d: {kernel: 2, stride: 2}
          - repeat: {times: 2, layers: [parallel: {join: add, branches: [[], [relu]]}]}
          - pad2d: {padding: [1, 2]}
          - convTranspose2d: {filters: 4, kernel: 2, stride: 2}
          - upsample2d: {scale: 2}
          - avgPool2d: {kernel: 3, padding: 1}
          - dropout: {rate: 0.25}
          - flatten
          - dense: {name: fc1, units: 3}
      training:
        epochs: 2
        batchSize: 2
        optimizer: {adam: {learningRate: 0.001}}
        schedule: {step: {every: 1}}
        earlyStopping: {patience: 1}
        onNonFinite: {rollback: {learningRateFactor: 0.5}}
      distribution: {workers: 2, averagingFrequency: 2}
      checkpoint: {everyRounds: 1}
      output: FOLDER/run
      """;

  @TempDir private static Path folder;

  @BeforeAll
  static void makeSoundFiles() throws IOException {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    DataFiles.folders(IMAGES, CLASSES, folder.resolve("classes"));
    Path job = folder.resolve("job.yaml");
    Files.writeString(job, JOB.replace("FOLDER", folder.toString()));
    run("train", job.toString());
    run(
        "pack",
        folder.resolve("classes").toString(),
        "--output",
        folder.resolve("pack").toString());
    Subject.copy(folder.resolve("run/model"), folder.resolve("model"));
    try (Stream<Path> all = Files.list(folder.resolve("run/checkpoints"))) {
      Subject.copy(all.sorted().findFirst().orElseThrow(), folder.resolve("checkpoint"));
    }
    writePictures();
    Files.write(folder.resolve("pictures/grey.png"), PictureBytes.png(IMAGES, 0));
    writeLists();
  }

  private static void run(String... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertEquals(0, run.status(), run::toString);
  }

  /** Writes one picture of each size that there is of each option of each format. */
  private static void writePictures() throws IOException {
    Files.createDirectory(folder.resolve("pictures"));
    try (ZipFile pictures = new ZipFile("src/test/resources/pictures/reference.zip")) {
      for (ZipEntry entry : Collections.list(pictures.entries())) {
        if (PictureNames.isPicture(entry.getName())) {
          Path picture = folder.resolve("pictures").resolve(entry.getName().replace('/', '-'));
          Files.write(picture, pictures.getInputStream(entry).readAllBytes());
        }
      }
    }
  }

  private static void writeLists() throws IOException {
    StringBuilder csv = new StringBuilder("path,label,width\n");
    StringBuilder json = new StringBuilder();
    for (int i = 0; i < IMAGES.size(); i++) {
      String name = CLASSES.get(i % 3) + "/" + i + ".png";
      csv.append(name).append(",\"").append(CLASSES.get(i % 3)).append("\",16\n");
      json.append("{\"path\": \"").append(name).append("\", \"label\": ").append(i % 3);
      json.append(", \"width\": 16}\n");
    }
    Files.writeString(folder.resolve("list.csv"), csv);
    Files.writeString(folder.resolve("list.jsonl"), json);
  }

  @AfterAll
  static void leaveSpark() {
    System.clearProperty("spark.master");
    System.clearProperty("spark.ui.enabled");
  }

  @Test
  void everyChangedFileIsReadOrRefusedInALine() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (option.startsWith("--add-") || option.startsWith("-Djdk.")) {
        command.add(option);
      }
    }
    command.add(HEAP);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(FuzzMain.class.getName());
    Path work = Files.createDirectory(folder.resolve("work"));
    command.addAll(List.of(folder.toString(), work.toString()));
    command.addAll(List.of(Integer.toString(FIRST), Integer.toString(CASES)));
    command.add(Integer.toString(IMAGES.size()));
    Path output = folder.resolve("fuzz.out");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(new File("target/fuzz.err"))
            .start();
    int status = process.waitFor();
    List<String> lines = Files.readAllLines(output);
    assertEquals(1, lines.size(), () -> String.join("\n", lines));
    assertTrue(lines.get(0).startsWith("done: "), lines.get(0));
    assertEquals(0, status);
  }
}

package dev.convoy.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.cli.Convoy;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Training on more pixels than the heap holds, beside training on the same in memory. */
@Command(
    name = "larger-than-memory",
    sortOptions = false,
    description =
        "Trains under local[2] on images that take more memory than the heap has, so that blocks"
            + " lie on disk, and again with a heap that holds them all. Writes some 10 GB below"
            + " target/benchmark meanwhile.")
final class LargerThanMemoryCommand extends BenchCommand {
  private static final Path FOLDER = Path.of("target/benchmark/larger-than-memory");

  /** Of CIFAR-10's binary files: a label and the pixels of 3x32x32. */
  private static final int RECORD_BYTES = 3073;

  private static final int FILE_RECORDS = 10_000;

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "Of 3,072 pixels each; ${DEFAULT-VALUE} by default, 2 GiB.")
  private int images = 700_000;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description =
          "Of conf/networks; ${DEFAULT-VALUE} by default, the quickest, which waits most.")
  private String network = "lenet5";

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "The fastest but the first counts; ${DEFAULT-VALUE} by default.")
  private int epochs = 3;

  @Option(names = "--small-heap", description = "${DEFAULT-VALUE} by default.")
  private String smallHeap = "1g";

  @Option(names = "--large-heap", description = "${DEFAULT-VALUE} by default.")
  private String largeHeap = "7g";

  /** What a run left. */
  private record Run(double imagesPerSecond, String weightsSha256) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    checkPositive("--images", images);
    checkPositive("--epochs", epochs);
    Path job = Path.of("conf/networks", network + ".yaml");
    if (!Files.isRegularFile(job)) {
      throw wrong("--network needs a job in conf/networks, but there is no " + job);
    }
    try {
      writeImages();
      say("%s, %,d images, %,d MiB of pixels", network, images, (images * 3072L) >> 20);
      Run spilling = run(job, smallHeap);
      say("heap %s: %,.0f images/s", smallHeap, spilling.imagesPerSecond());
      Run inMemory = run(job, largeHeap);
      say("heap %s: %,.0f images/s", largeHeap, inMemory.imagesPerSecond());
      say(
          "ratio %.2f; the weights are %s",
          spilling.imagesPerSecond() / inMemory.imagesPerSecond(),
          spilling.weightsSha256().equals(inMemory.weightsSha256()) ? "the same" : "DIFFERENT");
      return spilling.weightsSha256().equals(inMemory.weightsSha256()) ? 0 : 1;
    } finally {
      delete(FOLDER);
    }
  }

  private void writeImages() throws IOException {
    delete(FOLDER);
    Files.createDirectories(FOLDER.resolve("data"));
    Random random = new Random(7);
    byte[] record = new byte[RECORD_BYTES];
    for (int first = 0; first < images; first += FILE_RECORDS) {
      Path file = FOLDER.resolve(String.format("data/batch_%05d.bin", first / FILE_RECORDS));
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
        for (int i = first; i < Math.min(images, first + FILE_RECORDS); i++) {
          random.nextBytes(record);
          record[0] = (byte) (i % 10);
          out.write(record);
        }
      }
    }
  }

  private Run run(Path job, String heap) throws IOException, InterruptedException {
    Path output = FOLDER.resolve("out-" + heap);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                job.toString(),
                "--output",
                output.toString(),
                "--set",
                "network.input=[3, 32, 32]",
                "--set",
                "data={train: {format: cifar10, path: " + FOLDER.resolve("data") + "}}",
                "--set",
                "training.batchSize=64",
                "--set",
                "training.optimizer={sgd: {learningRate: 0.0001}}",
                "--set",
                "training.epochs=" + epochs,
                "--set",
                "distribution={workers: 2, averagingFrequency: 16}",
                "--set",
                "checkpoint={everyRounds: 0}"));
    List<String> options =
        List.of(
            "-Dspark.master=local[2]",
            "-Dspark.ui.enabled=false",
            "-Dspark.log.level=ERROR",
            "-Dspark.local.dir=" + FOLDER.resolve("spark").toAbsolutePath());
    if (!SparkJvm.run(Convoy.class, heap, options, arguments.toArray(String[]::new))) {
      throw new IOException("the training with a heap of " + heap + " failed");
    }
    // The first epoch has the compiler's work in it; the slower of the others what else went on.
    double seconds = Double.POSITIVE_INFINITY;
    String weights = "";
    for (String line : Files.readAllLines(output.resolve("metrics.jsonl"))) {
      JsonNode node = new ObjectMapper().readTree(line);
      if (node.path("type").asText().equals("epoch")
          && (epochs == 1 || node.path("epoch").asInt() > 1)) {
        seconds = Math.min(seconds, node.path("seconds").asDouble());
      }
      weights = node.path("weightsSha256").asText(weights);
    }
    delete(FOLDER.resolve("spark"));
    return new Run(images / seconds, weights);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

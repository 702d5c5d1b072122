package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.IdxBytes;
import dev.convoy.testing.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The jobs of {@code conf/networks}, for an epoch on a few images. */
class NetworksIT {
  @TempDir Path folder;

  static Stream<Path> jobs() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("conf/networks"))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void everyNetworkTrainsAnEpoch(Path job) throws IOException {
    ImageBlock images = SampleImages.random(70, Shape.of(1, 28, 28), 10, 3);
    Path pixels = Files.write(folder.resolve("images"), IdxBytes.images(images));
    Path labels = Files.write(folder.resolve("labels"), IdxBytes.labels(images));
    String data = "{format: idx, images: " + pixels + ", labels: " + labels + "}";
    CommandRun run =
        CommandRun.of(
            "train",
            job.toString(),
            "--set",
            "data.train=" + data,
            "--set",
            "data.test=" + data,
            "--set",
            "training.epochs=1",
            "--set",
            "output=" + folder.resolve("run"));
    assertEquals(0, run.status(), () -> String.join("\n", run.err()));
    assertTrue(
        run.out().stream().anyMatch(line -> line.matches("Test accuracy .*, on 70 images")),
        () -> String.join("\n", run.out()));
    CommandRun again =
        CommandRun.of(
            "evaluate",
            folder.resolve("run").toString(),
            "--images",
            pixels.toString(),
            "--labels",
            labels.toString());
    String accuracy =
        run.out().stream()
            .filter(line -> line.startsWith("Test accuracy"))
            .findFirst()
            .orElseThrow();
    assertEquals(accuracy, again.out().get(0), "the saved model, running statistics and all");
  }
}

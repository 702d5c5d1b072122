package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.ImageBlock;
import dev.convoy.image.Normalization;
import dev.convoy.model.Model;
import dev.convoy.model.ModelFolder;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.layer.Flatten;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.IdxBytes;
import dev.convoy.testing.LocalFiles;
import dev.convoy.testing.LoggedProcess;
import dev.convoy.testing.SampleImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A prediction that a signal ends leaves its output as it was, and nothing beside it. */
class PredictInterruptIT {
  @TempDir private Path folder;

  @Test
  void aSignalLeavesTheOldOutput() throws Exception {
    Shape shape = Shape.of(1, 64, 64);
    Network network =
        Network.of(
            shape,
            Conv2d.of(64, 7).withPadding(3),
            Conv2d.of(64, 7).withPadding(3),
            Conv2d.of(64, 7).withPadding(3).withStride(4),
            new Flatten(),
            Dense.of(2));
    Path model = Files.createDirectory(folder.resolve("model"));
    ModelFolder.write(
        new Model(
            network, network.initialWeights(1), Normalization.none(1), List.of("a", "b"), null),
        new LocalFiles(),
        model.toString());
    // Some minutes' work.
    ImageBlock images = SampleImages.random(4000, shape, 2, 3);
    Path few = folder.resolve("few.idx");
    Files.write(few, IdxBytes.images(SampleImages.choose(images, 0, 1, 2)));
    Path many = folder.resolve("many.idx");
    Files.write(many, IdxBytes.images(images));
    assertEquals(0, CommandRun.of(command(model, few)).status());
    String before = Files.readString(folder.resolve("out/_predictions.json"));
    try (LoggedProcess process = ConvoyProcess.start(folder.resolve("log"), command(model, many))) {
      process.await(() -> process.log().contains("Predicted "));
      process.interrupt();
      assertEquals(130, process.exitStatus(), process::log);
      assertTrue(process.log().contains("Stopped; the output is as it was."), process::log);
      assertFalse(process.log().contains("pictures into"), process::log);
    }
    assertEquals(before, Files.readString(folder.resolve("out/_predictions.json")));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(
          List.of("few.idx", "log", "many.idx", "model", "out"),
          left.map(path -> path.getFileName().toString()).sorted().toList());
    }
  }

  private String[] command(Path model, Path idx) {
    return new String[] {
      "predict",
      model.toString(),
      "--data",
      "{format: idx, images: " + idx + ", labels: " + idx + "}",
      "--format",
      "parquet",
      "--overwrite",
      "--output",
      folder.resolve("out").toString()
    };
  }
}

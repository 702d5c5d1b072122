package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandIT {
  private static final String MODEL = "src/test/resources/golden/model-v1";

  @TempDir private Path folder;

  @Test
  void aJobIsShownLayerByLayer() {
    CommandRun run =
        CommandRun.of(
            "inspect",
            "conf/fashion-sample.yaml",
            "--set",
            "network.layers[0]={conv2d: {name: c, filters: 32, kernel: 3}}",
            "--set",
            "network.layers[3].conv2d.kernel=4");
    assertEquals(0, run.status());
    assertEquals("Job fashion-sample", run.out().get(0));
    assertTrue(
        run.out().stream()
            .anyMatch(
                line -> line.matches("c +conv2d +\\[32, 26, 26] +320 .* 194,688 +16,959,488")),
        String.join("\n", run.out()));
  }

  @Test
  void aModelIsShownWithWhatItTells() {
    CommandRun run = CommandRun.of("inspect", MODEL);
    assertEquals(0, run.status());
    String out = String.join("\n", run.out());
    assertTrue(out.contains("\nClasses:        cat, dog, neither\n"), out);
    assertTrue(out.contains("\nNormalization:  mean [0.25], std [0.5]\n"), out);
    assertTrue(out.matches("(?s).*\nWeights:        SHA-256 [0-9a-f]{64}\n.*"), out);
    assertTrue(out.contains("Convoy 0.1.0 on Spark 4.1.0, Java 17.0.15, after 12 rounds"), out);
  }

  @Test
  void theFolderOfARunStandsForItsModel() throws IOException {
    Path model = Files.createDirectories(folder.resolve("run/model"));
    for (String file : List.of("model.json", "weights.safetensors")) {
      Files.copy(Path.of(MODEL, file), model.resolve(file));
    }
    assertEquals(
        CommandRun.of("inspect", MODEL).out().stream().skip(1).toList(),
        CommandRun.of("inspect", folder.resolve("run").toString()).out().stream().skip(1).toList());
  }

  @Test
  void whatIsNeitherJobNorModelIsRefused() {
    CommandRun run = CommandRun.of("inspect", folder.toString());
    assertEquals(2, run.status());
    assertEquals(
        List.of(
            "convoy: "
                + folder
                + ": must be the folder of a model, with model.json in it, but has none"),
        run.err());
    run = CommandRun.of("inspect", folder + "/none");
    assertEquals(2, run.status());
    assertEquals(
        List.of(
            "convoy: "
                + folder
                + "/none: must be a job file, or the folder of a model or a pack, but is not there"),
        run.err());
  }

  @Test
  void trainingPicturesAreDrawnAsTheyAreAndAsTrainingSeesThem() throws IOException {
    SmallJob job = new SmallJob(folder);
    String sheet = folder.resolve("sheet.png").toString();
    CommandRun run =
        CommandRun.of(
            "inspect",
            job.file.toString(),
            "--set",
            "data.augment=[{randomCrop: {padding: 2}}]",
            "--augmented",
            "5",
            "--output",
            sheet);
    assertEquals(List.of(), run.err());
    assertEquals(0, run.status());
    assertEquals(
        "Wrote " + sheet + ": 5 training pictures, a row each: as they are, then in epochs 1 to 7",
        run.out().get(0));
    String[] names = {"cat", "dog", "bird"};
    assertEquals("  row 2: " + names[job.images.labels()[8]], run.out().get(2));
    // Images of 5 x 6, ten times as large; a margin of 4, and 12 behind the first column.
    BufferedImage picture = ImageIO.read(new File(sheet));
    assertEquals(4 + 8 * (50 + 4) + 12, picture.getWidth());
    assertEquals(4 + 5 * (60 + 4), picture.getHeight());
    int first = job.images.pixels()[8 * 30] & 0xFF;
    assertEquals(first, picture.getRaster().getSample(4, 4 + 64, 0)); // the second row's original
    assertEquals(
        List.of("convoy: " + sheet + ": must not be there yet; --overwrite replaces it"),
        CommandRun.of("inspect", job.file.toString(), "--augmented", "5", "--output", sheet).err());
  }

  @Test
  void aSheetNeedsAJobWithAugmentationAndAPlace() throws IOException {
    SmallJob job = new SmallJob(folder);
    String sheet = folder.resolve("sheet.png").toString();
    assertRefused(
        job.file + ": data.augment must name something to show, but is empty",
        "inspect",
        job.file.toString(),
        "--augmented",
        "5",
        "--output",
        sheet);
    assertRefused(
        "--augmented and --output go together, but one is missing",
        "inspect",
        job.file.toString(),
        "--augmented",
        "5");
    assertRefused(
        "--augmented must be from 1 to 1000, but was 0",
        "inspect",
        job.file.toString(),
        "--augmented",
        "0",
        "--output",
        sheet);
    assertRefused(
        MODEL + ": --augmented needs a job file, but this is a folder",
        "inspect",
        MODEL,
        "--augmented",
        "5",
        "--output",
        sheet);
  }

  private static void assertRefused(String error, String... command) {
    CommandRun run = CommandRun.of(command);
    assertEquals(List.of("convoy: " + error), run.err());
    assertEquals(2, run.status());
  }
}

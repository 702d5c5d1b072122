package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.image.ImageBlock;
import dev.convoy.kernel.Kernels;
import dev.convoy.model.Model;
import dev.convoy.model.ModelFolder;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.IdxBytes;
import dev.convoy.testing.LocalFiles;
import dev.convoy.testing.PictureBytes;
import dev.convoy.testing.SampleImages;
import dev.convoy.train.score.Evaluator;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandIT {
  private static final String MODEL = "src/test/resources/golden/model-v1";
  private static final int COUNT = 2050;

  @TempDir private Path folder;
  private final ImageBlock images = SampleImages.random(COUNT, Shape.of(1, 9, 7), 3, 11);
  private float[][] expected;
  private String idx;

  @BeforeEach
  void writeImages() throws IOException {
    Model model = ModelFolder.read(new LocalFiles(), MODEL);
    expected =
        new Evaluator(model.network(), model.weights(), model.normalization(), Kernels.scalar())
            .probabilities(images);
    idx = folder.resolve("images.gz").toString();
    Files.write(Path.of(idx), IdxBytes.gzip(IdxBytes.images(images)));
  }

  @Test
  void everyImageOfAnIdxFileGetsALine() throws IOException {
    CommandRun run = CommandRun.of("predict", MODEL, idx);
    assertEquals(0, run.status());
    assertEquals(COUNT, run.out().size());
    for (int i = 0; i < COUNT; i++) {
      JsonNode line = new ObjectMapper().readTree(run.out().get(i));
      assertEquals(idx, line.get("file").asText());
      assertEquals(i, line.get("index").asInt());
      assertEquals(expected[i][0], line.at("/probabilities/cat").floatValue());
      assertEquals(expected[i][1], line.at("/probabilities/dog").floatValue());
      assertEquals(expected[i][2], line.at("/probabilities/neither").floatValue());
      String best = List.of("cat", "dog", "neither").get(line.get("class").asInt());
      assertEquals(best, line.get("className").asText());
      for (JsonNode probability : line.get("probabilities")) {
        assertTrue(line.at("/probabilities/" + best).floatValue() >= probability.floatValue());
      }
    }
  }

  @Test
  void badPicturesOfAFolderAreDealtWithAsTheOptionSays() throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    for (int i = 0; i < 5; i++) {
      Files.write(pictures.resolve(i + ".png"), PictureBytes.png(images, i));
    }
    CommandRun whole = CommandRun.of("predict", MODEL, pictures.toString());
    Files.writeString(pictures.resolve("1.png"), "none");
    Files.write(pictures.resolve("3.png"), List.of("\u0089PNG"));
    String output = folder.resolve("out.jsonl").toString();
    CommandRun failed = CommandRun.of("predict", MODEL, pictures.toString(), "--output", output);
    assertEquals(2, failed.status());
    assertFalse(Files.exists(Path.of(output)));
    String problem = failed.err().get(0).replaceFirst("convoy: ", "");
    assertTrue(problem.startsWith(pictures.resolve("1.png") + ": must be a "), problem);

    String rule = "{skip: {share: 0.4}}";
    CommandRun run = CommandRun.of("predict", MODEL, pictures.toString(), "--on-bad-record", rule);
    assertEquals(0, run.status(), run::toString);
    assertEquals(List.of(whole.out().get(0), whole.out().get(2), whole.out().get(4)), run.out());
    assertEquals("skipped: " + problem, run.err().get(0));
    assertEquals(2, run.err().size());

    CommandRun tooMany =
        CommandRun.of(
            "predict", MODEL, pictures.toString(), "--on-bad-record", "skip", "--output", output);
    assertEquals(2, tooMany.status());
    String last = tooMany.err().get(tooMany.err().size() - 1);
    assertTrue(last.endsWith("more than the share of 0.01 that onBadRecord allows"), last);
    assertFalse(Files.exists(Path.of(output)));

    // On Spark, names are those of the pictures that are left.
    CommandRun spark =
        CommandRun.of(
            "predict",
            MODEL,
            "--data",
            "{format: images, path: " + pictures + "}",
            "--on-bad-record",
            rule);
    assertEquals(0, spark.status(), spark::toString);
    assertEquals(files(run), files(spark));
    assertEquals(2, spark.err().size(), spark::toString);

    CommandRun wrong =
        CommandRun.of("predict", MODEL, pictures.toString(), "--on-bad-record", "ignore");
    assertEquals(2, wrong.status());
    assertTrue(wrong.err().get(0).contains("--on-bad-record"), wrong::toString);
  }

  private static List<String> files(CommandRun run) {
    return run.out().stream()
        .map(line -> line.replaceAll(".*\"file\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  @Test
  void aPictureIsPredictedAsTheSamePixelsInIdx() throws IOException {
    BufferedImage picture = new BufferedImage(7, 9, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 63; i++) {
      picture.getRaster().setSample(i % 7, i / 7, 0, images.pixels()[63 * 4 + i] & 0xFF);
    }
    Path png = folder.resolve("picture.png");
    ImageIO.write(picture, "png", png.toFile());
    CommandRun run = CommandRun.of("predict", MODEL, png.toString(), idx, "--format", "csv");
    assertEquals(0, run.status());
    assertEquals(COUNT + 2, run.out().size());
    assertEquals("file,index,class,className,cat,dog,neither", run.out().get(0));
    assertEquals(
        run.out().get(6).replace(idx + ",4,", ""), run.out().get(1).replace(png + ",0,", ""));
  }

  @Test
  void theOutputIsAFileIfAskedForAndIsNotOverwritten() throws IOException {
    String output = folder.resolve("out.csv").toString();
    String[] command = {"predict", MODEL, idx, "--format", "csv", "--output", output};
    CommandRun run = CommandRun.of(command);
    assertEquals(0, run.status());
    assertEquals(List.of(), run.out());
    assertEquals(COUNT + 1, Files.readAllLines(Path.of(output)).size());
    run = CommandRun.of(command);
    assertEquals(2, run.status());
    assertEquals(
        List.of("convoy: " + output + ": the output must not be there yet, but is"), run.err());
  }

  @Test
  void whatIsNoPictureLeavesNoOutput() throws IOException {
    Path damaged = folder.resolve("damaged.png");
    byte[] png = Files.readAllBytes(Path.of("data-samples/images/bag.png"));
    Files.write(damaged, java.util.Arrays.copyOf(png, png.length / 2));
    Path output = folder.resolve("out.jsonl");
    for (Path file : Set.of(damaged, Path.of("pom.xml"), Path.of("data-samples/images/bag.png"))) {
      CommandRun run =
          CommandRun.of("predict", MODEL, file.toString(), "--output", output.toString());
      assertEquals(2, run.status());
      assertEquals(1, run.err().size(), run.err().toString());
      assertTrue(run.err().get(0).startsWith("convoy: " + file + ": "), run.err().get(0));
      assertFalse(Files.exists(output));
    }
    assertEquals(
        List.of(
            "convoy: pom.xml: must be a PNG, JPEG, GIF, BMP or WebP picture, or an IDX file, but is none"),
        CommandRun.of("predict", MODEL, "pom.xml").err());
    try (var left = Files.list(folder)) {
      assertEquals(2, left.count(), "only the inputs may be left");
    }
  }
}

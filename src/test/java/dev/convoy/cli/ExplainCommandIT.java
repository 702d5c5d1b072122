package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.IdxBytes;
import dev.convoy.testing.SampleImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandIT {
  private static final String MODEL = "src/test/resources/golden/model-v1";

  @TempDir private Path folder;
  private final ImageBlock images = SampleImages.random(5, Shape.of(1, 9, 7), 3, 11);
  private String picture;
  private String idx;
  private String output;

  @BeforeEach
  void writeImages() throws IOException {
    idx = path("images.gz");
    Files.write(Path.of(idx), IdxBytes.gzip(IdxBytes.images(images)));
    BufferedImage third = new BufferedImage(7, 9, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 63; i++) {
      third.getRaster().setSample(i % 7, i / 7, 0, images.pixels()[2 * 63 + i] & 0xFF);
    }
    picture = path("third.png");
    ImageIO.write(third, "png", Path.of(picture).toFile());
    output = path("page.html");
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private static void assertDone(CommandRun run) {
    assertEquals(List.of(), run.err());
    assertEquals(0, run.status());
  }

  private void assertRefused(String message, String... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertEquals(List.of("convoy: " + message), run.err());
    assertEquals(2, run.status());
  }

  @Test
  void aPictureAndTheSameImageOfAnIdxFileGiveTheSamePage() throws IOException {
    assertDone(CommandRun.of("explain", MODEL, picture, "--output", output));
    String ofPicture = Files.readString(Path.of(output));
    String second = path("second.html");
    assertDone(CommandRun.of("explain", MODEL, idx, "--index", "2", "--output", second));
    assertEquals(
        ofPicture.replace("third.png", "NAME"),
        Files.readString(Path.of(second)).replace("images.gz, image 2", "NAME"));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(4, left.count(), "nothing else lies there");
    }
  }

  @Test
  void aPageIsReplacedOnlyIfAsked() throws IOException {
    Files.writeString(Path.of(output), "mine");
    assertRefused(
        output + ": the output must not be there yet, but is; --overwrite replaces it",
        "explain",
        MODEL,
        picture,
        "--output",
        output);
    assertEquals("mine", Files.readString(Path.of(output)));
    assertDone(CommandRun.of("explain", MODEL, picture, "--output", output, "--overwrite"));
    assertTrue(Files.readString(Path.of(output)).startsWith("<!DOCTYPE html>"));
  }

  @Test
  void theTrueClassIsNamedByNameOrNumber() throws IOException {
    assertDone(CommandRun.of("explain", MODEL, idx, "--label", "neither", "--output", output));
    String byName = Files.readString(Path.of(output));
    assertTrue(byName.contains("the class that was named as true"));
    assertDone(
        CommandRun.of("explain", MODEL, idx, "--label", "2", "--output", output, "--overwrite"));
    assertEquals(byName, Files.readString(Path.of(output)));
  }

  @Test
  void aNumberIsANameWhereClassesAreNamedByNumbers() throws IOException {
    Path model = Files.createDirectory(folder.resolve("model"));
    for (String name : List.of("model.json", "weights.safetensors")) {
      Files.copy(Path.of(MODEL, name), model.resolve(name));
    }
    Path json = model.resolve("model.json");
    String text = Files.readString(json);
    Files.writeString(json, text.replace("\"cat\", \"dog\", \"neither\"", "\"1\", \"2\", \"3\""));
    assertDone(CommandRun.of("explain", model.toString(), idx, "--label", "3", "--output", output));
    assertRefused(
        "--label must be the name of a class, or a number below 3, but is 0",
        "explain",
        model.toString(),
        idx,
        "--label",
        "0",
        "--output",
        path("other.html"));
  }

  @Test
  void wrongInputIsRefusedInOneLine() {
    assertRefused(
        "--label must be the name of a class, or a number below 3, but is horse",
        "explain",
        MODEL,
        idx,
        "--label",
        "horse",
        "--output",
        output);
    assertRefused(
        "--label must be the name of a class, or a number below 3, but is 3",
        "explain",
        MODEL,
        idx,
        "--label",
        "3",
        "--output",
        output);
    assertRefused(
        idx + ": --index must be from 0 to 4, but is 5",
        "explain",
        MODEL,
        idx,
        "--index",
        "5",
        "--output",
        output);
    assertRefused(
        picture + ": --index needs an IDX file, but this is a picture",
        "explain",
        MODEL,
        picture,
        "--index",
        "1",
        "--output",
        output);
    assertRefused(
        "data-samples/images/bag.png: must be 7 pixels wide and 9 high, as the network takes, but is"
            + " 28 by 28",
        "explain",
        MODEL,
        "data-samples/images/bag.png",
        "--output",
        output);
    assertRefused(
        folder + ": the output must be a file, but is a folder",
        "explain",
        MODEL,
        picture,
        "--output",
        folder.toString());
    assertRefused(
        path("none.png") + ": file not found",
        "explain",
        MODEL,
        path("none.png"),
        "--output",
        output);
    assertRefused(
        MODEL
            + "/model.json: must be a PNG, JPEG, GIF, BMP or WebP picture, or an IDX file, but is none",
        "explain",
        MODEL,
        MODEL + "/model.json",
        "--output",
        output);
    assertFalse(Files.exists(Path.of(output)));
  }
}

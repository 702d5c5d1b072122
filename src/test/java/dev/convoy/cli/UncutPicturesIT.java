package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.PictureBytes;
import dev.convoy.testing.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random crops out of pictures that are larger than what the network takes. */
class UncutPicturesIT {
  private static final String JOB =
      """
      name: uncut
      seed: 7
      data:
        train: {format: images, path: FOLDER/pictures}
        test: {format: images, path: FOLDER/pictures}
        preprocess: [{resize: RESIZE}, {centerCrop: {size: 16}}]
        augment: [AUGMENT, horizontalFlip]
        cache: CACHE
      network: {input: [3, 16, 16], layers: [flatten, dense: {units: 3}]}
      training: {epochs: 2, batchSize: 8, optimizer: {sgd: {learningRate: 0.05}}}
      distribution: {workers: 2, averagingFrequency: 2}
      output: FOLDER/run
      """;

  private static final String EXACT = "{size: 20}";
  private static final String SHORTER = "{shorterSide: 20}";
  private static final String CROP = "randomCrop: {from: resized}";
  private static final String PART = "randomResizedCrop: {from: picture}";
  private static final String RESIZED_PART = "randomResizedCrop: {from: resized}";

  @TempDir private Path folder;

  @BeforeEach
  void useTwoThreads() throws IOException {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    write(28, 28);
  }

  @AfterEach
  void restore() {
    System.clearProperty("spark.master");
    System.clearProperty("spark.ui.enabled");
  }

  /** Forty pictures of three classes and of this size. */
  private void write(int height, int width) throws IOException {
    ImageBlock images = SampleImages.random(40, Shape.of(3, height, width), 3, 5);
    for (int i = 0; i < images.size(); i++) {
      Path ofClass = folder.resolve("pictures/c" + images.labels()[i]);
      Files.createDirectories(ofClass);
      Files.write(ofClass.resolve(width + "-" + i + ".png"), PictureBytes.png(images, i));
    }
  }

  @Test
  void whatIsKeptAndWhatSizesHaveInCommonChangesNoBit() throws IOException {
    for (String augment : List.of(CROP, RESIZED_PART)) {
      String bits = bits(EXACT, augment, "decoded");
      assertEquals(bits, bits(EXACT, augment, "encoded"));
      assertEquals(bits, bits(EXACT, augment, "none"));
      // Square pictures come to the same size, which is not known before.
      assertEquals(bits, bits(SHORTER, augment, "encoded"));
      assertNotEquals(bits, bits(EXACT, "randomCrop: {padding: 2}", "decoded"));
    }
  }

  @Test
  void picturesOfAnySizesTrainToTheSameBitsOnOneCore() throws IOException {
    write(30, 21);
    write(22, 61);
    List<String> bits = new ArrayList<>();
    for (String augment : List.of(CROP, PART, RESIZED_PART)) {
      String onTwo = bits(SHORTER, augment, "encoded");
      System.setProperty("spark.master", "local[1]");
      assertEquals(onTwo, bits(SHORTER, augment, "encoded"));
      System.setProperty("spark.master", "local[2]");
      bits.add(onTwo);
    }
    assertEquals(3, bits.stream().distinct().count());
  }

  @Test
  void augmentedPicturesAreShownBesideWhatTheyAreCutOf() throws IOException {
    write(30, 21);
    for (String augment : List.of(CROP, PART)) {
      Path sheet = folder.resolve(augment.length() + ".png");
      CommandRun run =
          CommandRun.of(
              "inspect",
              job(SHORTER, augment, "encoded").toString(),
              "--augmented",
              "3",
              "--output",
              sheet.toString());
      assertEquals(0, run.status(), run::toString);
      assertEquals(4 + 3 * 68, ImageIO.read(sheet.toFile()).getHeight());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{shorterSide: 20} | randomCrop: {from: resized} | decoded | data.cache: encoded, or a resize"
            + " to an exact size before the centerCrop",
        "{shorterSide: 20} | randomCrop: {from: resized} | none | data.cache: encoded, or a resize",
        "{size: 20} | randomResizedCrop: {from: picture} | decoded | needs data.cache: encoded, as",
        "{size: 12} | randomCrop: {from: resized} | decoded | pictures at least as large as network",
        "{size: 20} | randomCrop: {from: picture} | encoded | from must be input or resized, but was",
        "{size: 20} | randomCrop: {} | encoded | padding must be at least 1, but was 0",
        "{size: 20} | verticalFlip, randomCrop: {from: resized} | encoded | in its first step alone,"
            + " but does in [1].randomCrop"
      })
  void whatCannotWorkIsRefusedInALine(String resize, String augment, String cache, String why)
      throws IOException {
    CommandRun run = CommandRun.of("train", job(resize, augment, cache).toString());
    assertEquals(2, run.status(), run::toString);
    assertEquals(1, run.err().size(), run::toString);
    assertTrue(run.err().get(0).contains(why), run::toString);
  }

  @Test
  void withoutACentreCropThereIsNoneToTakeThePlaceOf() throws IOException {
    CommandRun run =
        CommandRun.of(
            "train", job(EXACT, CROP, "encoded").toString(), "--set", "data.preprocess=[]");
    assertEquals(2, run.status(), run::toString);
    assertTrue(
        run.err().get(0).contains("needs a centerCrop at the end of data.preprocess"),
        run::toString);
  }

  private Path job(String resize, String augment, String cache) throws IOException {
    String text =
        JOB.replace("FOLDER", folder.toString())
            .replace("RESIZE", resize)
            .replace("AUGMENT", augment)
            .replace("CACHE", cache);
    return Files.writeString(folder.resolve("job.yaml"), text);
  }

  private String bits(String resize, String augment, String cache) throws IOException {
    CommandRun run = CommandRun.of("train", job(resize, augment, cache).toString(), "--overwrite");
    assertEquals(0, run.status(), run::toString);
    List<String> lines = Files.readAllLines(folder.resolve("run/metrics.jsonl"));
    String last = lines.get(lines.size() - 1);
    return last.replaceFirst(".*weightsSha256\":\"(\\w+)\".*", "$1")
        + last.replaceFirst(".*\"testLoss\":([^,]*),.*", " $1");
  }
}

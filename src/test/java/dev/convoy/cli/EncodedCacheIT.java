package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.DataFiles;
import dev.convoy.testing.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks that keep pictures' files come to the bits of those that keep pixels. */
class EncodedCacheIT {
  private static final List<String> CLASSES = List.of("bird", "cat", "dog");
  private static final ImageBlock ALL = SampleImages.random(60, Shape.of(3, 32, 32), 3, 5);
  private static final String AUGMENT =
      "data.augment=[randomCrop: {padding: 4}, horizontalFlip: {}, mixup: {alpha: 0.2}]";

  private static final String JOB =
      """
      name: encoded
      seed: 7
      data:
        train: SOURCE
        test: SOURCE
        classes: [bird, cat, dog]
      network:
        input: [3, 32, 32]
        layers:
          - conv2d: {filters: 6, kernel: 5, padding: same}
          - relu
          - maxPool2d: {kernel: 2, stride: 2}
          - conv2d: {filters: 16, kernel: 5}
          - relu
          - maxPool2d: {kernel: 2, stride: 2}
          - flatten
          - dense: {units: 3}
      training: {epochs: 2, batchSize: 8, optimizer: {sgd: {learningRate: 0.05}}}
      distribution: {workers: 2, averagingFrequency: 2}
      output: FOLDER/run
      """;

  @TempDir private Path folder;
  private String folders;

  @BeforeAll
  static void useTwoThreads() {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
  }

  @AfterAll
  static void restore() {
    System.clearProperty("spark.master");
    System.clearProperty("spark.ui.enabled");
  }

  @BeforeEach
  void write() throws IOException {
    DataFiles.folders(ALL, CLASSES, folder.resolve("pictures"));
    folders = "{format: images, path: " + folder.resolve("pictures") + "}";
  }

  @AfterEach
  void noThreadIsLeft() {
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().startsWith("convoy-decoder")));
  }

  @Test
  void picturesTrainToTheSameBits() throws IOException {
    String plain = bits(folders, "decoded");
    assertEquals(plain, bits(folders, "encoded"));
    String augmented = bits(folders, "decoded", "--set", AUGMENT);
    assertEquals(augmented, bits(folders, "encoded", "--set", AUGMENT));
    assertNotEquals(plain, augmented);
    String gradients = "distribution={workers: 2, averaging: gradients, reduction: sharded}";
    assertEquals(
        bits(folders, "decoded", "--set", gradients), bits(folders, "encoded", "--set", gradients));
    String oversample = "data.balance=oversample";
    assertEquals(
        bits(folders, "decoded", "--set", oversample),
        bits(folders, "encoded", "--set", oversample));
  }

  @Test
  void otherFormatsThatHoldPicturesDoAsWell() throws IOException {
    Path parquet = folder.resolve("pictures.parquet");
    Map<String, String> names = Map.of("convoy.classes", "[\"bird\", \"cat\", \"dog\"]");
    DataFiles.parquetOfPictures(ALL, CLASSES, parquet, names);
    DataFiles.sequence(ALL, CLASSES, folder.resolve("sequence"), CompressionType.BLOCK);
    String pack = folder.resolve("pack").toString();
    CommandRun packed =
        CommandRun.of("pack", folder.resolve("pictures").toString(), "--output", pack);
    assertEquals(0, packed.status(), packed::toString);
    assertEquals(bits(folders, "decoded"), bits("{format: pack, path: " + pack + "}", "encoded"));
    for (String source :
        List.of(
            "{format: parquet, path: " + parquet + "}",
            "{format: sequencefile, path: " + folder.resolve("sequence") + "}")) {
      assertEquals(bits(source, "decoded"), bits(source, "encoded"), source);
    }
  }

  @Test
  void badPicturesAreLeftOutOfTheSameBlocks() throws IOException {
    byte[] first = Files.readAllBytes(picture(0));
    Files.write(picture(0), Arrays.copyOf(first, first.length / 2));
    Files.writeString(picture(31), "no picture");
    CommandRun decoded = train(folders, "decoded");
    CommandRun encoded = train(folders, "encoded");
    assertEquals(2, encoded.status(), encoded::toString);
    assertEquals(1, encoded.err().size(), encoded::toString);
    assertEquals(decoded.err(), encoded.err());
    String skip = "data.onBadRecord={skip: {share: 0.05}}";
    assertEquals(bits(folders, "decoded", "--set", skip), bits(folders, "encoded", "--set", skip));
  }

  @Test
  void whatIsKeptIsSaidAtTheStart() throws IOException {
    CommandRun run = train(folders, "encoded");
    // Noise does not shrink in a PNG file.
    assertTrue(
        run.out().stream().anyMatch(line -> line.startsWith("Their files are larger than the 0.2")),
        run::toString);
    CommandRun decoded = train(folders, "decoded");
    assertFalse(
        decoded.out().stream().anyMatch(line -> line.startsWith("Their files")), decoded::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{format: idx, images: i, labels: l}",
        "{format: cifar10, path: c}",
        "{format: cifar100, path: c}",
        "{format: parquet, path: p, shape: [3, 32, 32]}"
      })
  void dataWithoutEncodedPicturesAreRefused(String source) throws IOException {
    CommandRun run = train(source, "encoded");
    assertEquals(2, run.status(), run::toString);
    assertEquals(1, run.err().size(), run::toString);
    assertTrue(
        run.err().get(0).contains("data.cache must be decoded or none where pixels lie ready"),
        run::toString);
  }

  @Test
  void packsOfPixelsAreRefused() throws IOException {
    String pack = folder.resolve("pack").toString();
    CommandRun.of(
        "pack",
        folder.resolve("pictures").toString(),
        "--output",
        pack,
        "--decode",
        "--size",
        "32");
    CommandRun run = train("{format: pack, path: " + pack + "}", "encoded");
    assertEquals(2, run.status(), run::toString);
    assertEquals(
        List.of(
            "convoy: "
                + pack
                + ": must be a pack of pictures for data.cache: encoded, but is one of pixels;"
                + " decoded suits it"),
        run.err());
  }

  private Path picture(int position) {
    String ofClass = CLASSES.get(ALL.labels()[position]);
    return folder.resolve("pictures").resolve(ofClass).resolve(DataFiles.name(position));
  }

  private CommandRun train(String source, String cache, String... more) throws IOException {
    Path job = folder.resolve("job.yaml");
    Files.writeString(job, JOB.replace("SOURCE", source).replace("FOLDER", folder.toString()));
    List<String> command =
        new ArrayList<>(
            List.of("train", job.toString(), "--overwrite", "--set", "data.cache=" + cache));
    command.addAll(List.of(more));
    return CommandRun.of(command.toArray(String[]::new));
  }

  private String bits(String source, String cache, String... more) throws IOException {
    CommandRun run = train(source, cache, more);
    assertEquals(0, run.status(), run::toString);
    List<String> lines = Files.readAllLines(folder.resolve("run/metrics.jsonl"));
    String last = lines.get(lines.size() - 1);
    return last.replaceFirst(".*weightsSha256\":\"(\\w+)\".*", "$1")
        + last.replaceFirst(".*\"testLoss\":([^,]*),.*", " $1");
  }
}

package dev.convoy.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.cli.CommandRun;
import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.DataFiles;
import dev.convoy.testing.PictureParts;
import dev.convoy.testing.ReferencePictures;
import dev.convoy.testing.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder with two bad pictures among forty. */
class BadRecordsIT {
  private static final List<String> CLASSES = List.of("bird", "cat", "dog");
  private static final ImageBlock ALL = SampleImages.random(40, Shape.of(3, 8, 8), 3, 5);

  private static final String JOB =
      """
      name: bad
      data:
        train: {format: images, path: FOLDER/pictures}
      network: {input: [3, 8, 8], layers: [flatten, dense: {units: 3}]}
      training: {epochs: 1, batchSize: 8, optimizer: {sgd: {learningRate: 0.05}}}
      distribution: {workers: 2, averagingFrequency: 2}
      output: FOLDER/run
      """;

  @TempDir private Path folder;

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
    Files.writeString(folder.resolve("job.yaml"), JOB.replace("FOLDER", folder.toString()));
    DataFiles.folders(ALL, CLASSES, folder.resolve("pictures"));
  }

  @Test
  void trainingFailsOnTheFirstBadPictureInOrderAndWritesNothing() throws IOException {
    spoil();
    CommandRun run = train();
    assertEquals(2, run.status());
    assertEquals(
        List.of(
            "convoy: "
                + picture(ALL.size() - 1)
                + ": must be a PNG, JPEG, GIF, BMP or WebP picture, but is not; and 1 more are bad"),
        run.err());
    assertFalse(Files.exists(folder.resolve("run")));
  }

  @Test
  void skippedPicturesAreNamedAndTheRestTrainsAsIfTheyWereNotThere() throws IOException {
    spoil();
    CommandRun run = train("--set", "data.onBadRecord={skip: {share: 0.05}}");
    assertEquals(0, run.status(), run::toString);
    assertTrue(
        run.out().contains("2 of 40 training records are bad and are skipped."), run::toString);
    List<String> report = Files.readAllLines(folder.resolve("run/bad-records.jsonl"));
    assertEquals(2, report.size());
    assertTrue(report.get(0).startsWith("{\"data\":\"train\",\"problem\":\"" + picture(39)));
    String bits = bits();

    Files.delete(picture(ALL.size() - 1));
    Files.delete(picture(0));
    CommandRun without = train("--overwrite");
    assertEquals(0, without.status(), without::toString);
    assertEquals(bits, bits());
    assertFalse(Files.exists(folder.resolve("run/bad-records.jsonl")));
  }

  /** As in a known data set of cats and dogs. */
  @Test
  void picturesThatAreReadInSpiteOfAFaultAreCounted() throws IOException {
    byte[] jpeg = ReferencePictures.bytes("jpeg/420-q75-33x40.jpg");
    byte[] stray = PictureParts.inserted(jpeg, jpeg.length - 2, new byte[] {17, 0, 42, 99, 5});
    Files.write(folder.resolve("pictures/cat/sound.jpg"), jpeg);
    for (String cache : List.of("decoded", "encoded")) {
      Files.write(folder.resolve("pictures/cat/sound.jpg"), jpeg);
      String[] options = {
        "--overwrite",
        "--set",
        "data.preprocess=[resize: {size: 8}]",
        "--set",
        "data.cache=" + cache
      };
      CommandRun sound = train(options);
      assertEquals(0, sound.status(), sound::toString);
      assertTrue(sound.out().stream().noneMatch(line -> line.contains("fault")), sound::toString);
      final String bits = bits();
      Files.write(folder.resolve("pictures/cat/sound.jpg"), stray);
      CommandRun run = train(options);
      assertEquals(0, run.status(), run::toString);
      assertTrue(
          run.out().stream()
              .anyMatch(
                  line ->
                      line.startsWith(
                          "1 of 41 training pictures were read in spite of a fault; the first: "
                              + folder.resolve("pictures/cat/sound.jpg")
                              + ": Corrupt JPEG data: ")),
          run::toString);
      assertEquals(bits, bits());
    }
  }

  @Test
  void moreThanTheShareIsRefused() throws IOException {
    spoil();
    CommandRun run = train("--set", "data.onBadRecord={skip: {share: 0.049}}");
    assertEquals(2, run.status());
    assertTrue(
        run.err()
            .get(0)
            .endsWith(
                "and with it 2 of 40 records are bad, more than the share of 0.049 that"
                    + " onBadRecord allows"),
        run::toString);
  }

  @Test
  void linksOutOfTheFolderAndInCirclesAreRefused() throws IOException {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Path link = folder.resolve("pictures/cat/link");
    Files.createSymbolicLink(link, outside);
    CommandRun run = train();
    assertEquals(2, run.status());
    assertTrue(run.err().get(0).contains("but is a symbolic link to"), run::toString);
    Files.delete(link);
    Files.createSymbolicLink(link, folder.resolve("pictures"));
    CommandRun circle = train();
    assertEquals(2, circle.status());
    assertTrue(circle.err().get(0).contains("must not lead round in a circle"), circle::toString);
  }

  @Test
  void emptyAndUnequalClassesAndOtherFilesAreSaidAtTheStart() throws IOException {
    int[] few = IntStream.range(0, 40).filter(i -> ALL.labels()[i] != 2).toArray();
    for (int i = 0; i < 40; i++) {
      if (ALL.labels()[i] == 2 || ALL.labels()[i] == 0 && i != few[0] && few.length > i) {
        Files.deleteIfExists(picture(i));
      }
    }
    Files.writeString(folder.resolve("pictures/cat/notes.txt"), "none");
    CommandRun run = train();
    assertEquals(0, run.status(), run::toString);
    assertTrue(run.out().contains("No training image is of class dog."), run::toString);
    assertTrue(
        run.out()
            .get(0)
            .endsWith(
                ": 1 files were passed over, which are no pictures of a class by"
                    + " their names."),
        run::toString);
  }

  @Test
  void anotherNumberOfClassesThanOutputsIsRefused() throws IOException {
    Files.createDirectories(folder.resolve("pictures/emu"));
    CommandRun run = train();
    assertEquals(
        List.of(
            "convoy: "
                + folder.resolve("job.yaml")
                + ": the network must have an output for each class of data.train, 4, but has 3"),
        run.err());
  }

  /** The first picture is cut off, the last is a text. */
  private void spoil() throws IOException {
    byte[] first = Files.readAllBytes(picture(0));
    Files.write(picture(0), Arrays.copyOf(first, first.length / 2));
    Files.writeString(picture(ALL.size() - 1), "no picture");
  }

  private Path picture(int position) {
    String ofClass = CLASSES.get(ALL.labels()[position]);
    return folder.resolve("pictures").resolve(ofClass).resolve(DataFiles.name(position));
  }

  private CommandRun train(String... more) {
    String[] command = {"train", folder.resolve("job.yaml").toString()};
    String[] all = Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return CommandRun.of(all);
  }

  private String bits() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("run/metrics.jsonl"));
    return lines.get(lines.size() - 1).replaceFirst(".*weightsSha256\":\"(\\w+)\".*", "$1");
  }
}

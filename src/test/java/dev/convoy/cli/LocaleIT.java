package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Names that are not of ASCII, in locales that can and can't spell them: what the locale can't
 * spell is refused, and never left out.
 */
class LocaleIT {
  private static final String JOB =
      """
      name: locale
      data:
        train: {format: images, path: FOLDER/PICTURES}
      network: {input: [3, 8, 8], layers: [flatten, dense: {units: 2}]}
      training: {epochs: 1, batchSize: 2, optimizer: {sgd: {learningRate: 0.05}}}
      distribution: {workers: 1, averagingFrequency: 1}
      output: FOLDER/run
      """;

  private static final String NO_LOCALE = "TZ=UTC";
  private static final ImageBlock ALL = SampleImages.random(4, Shape.of(3, 8, 8), 2, 5);

  @TempDir private Path folder;

  @BeforeEach
  void writePictures() throws IOException {
    for (int i = 0; i < ALL.size(); i++) {
      Path ofClass = Files.createDirectories(folder.resolve("pictures/" + (i < 2 ? "cat" : "dog")));
      Files.write(ofClass.resolve(i + ".png"), PictureBytes.png(ALL, i));
    }
    writeJob("pictures");
  }

  private void writeJob(String pictures) throws IOException {
    String text = JOB.replace("FOLDER", folder.toString()).replace("PICTURES", pictures);
    Files.writeString(folder.resolve("job.yaml"), text);
  }

  /** Renames below the folder of pictures, by the shell: names are bytes to it. */
  private void rename(String from, String to) throws Exception {
    String command = "cd " + folder + "; mv " + from + " " + to;
    assertEquals(0, new ProcessBuilder("bash", "-c", command).inheritIO().start().waitFor());
  }

  private record Ended(int status, List<String> lines) {}

  /** Runs the command in an environment of this variable alone. */
  private Ended run(String variable, String... arguments) throws Exception {
    Path log = folder.resolve("log");
    List<String> command = new ArrayList<>(List.of("env", "-i", variable));
    command.addAll(ConvoyProcess.command(arguments));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertTrue(process.waitFor(120, TimeUnit.SECONDS));
    List<String> lines =
        Files.readAllLines(log).stream().filter(line -> !line.startsWith("WARNING: ")).toList();
    return new Ended(process.exitValue(), lines);
  }

  private void assertRefused(Ended run, String name, String cure) {
    assertEquals(2, run.status(), run::toString);
    assertEquals(1, run.lines().size(), run::toString);
    String line = run.lines().get(0);
    String start = "convoy: " + folder + "/" + name + ": the name can't be spelt in the encoding";
    assertTrue(line.startsWith(start), line);
    assertTrue(line.endsWith(cure), line);
  }

  private static final String SET =
      "US-ASCII; export LC_ALL=C.UTF-8, and spark.executorEnv.LC_ALL=C.UTF-8 for executors";

  @ParameterizedTest
  @ValueSource(strings = {"LC_ALL=C", NO_LOCALE, "LANG=C"})
  void aPictureThatTheLocaleCannotSpellIsRefused(String locale) throws Exception {
    rename("pictures/cat/1.png", "pictures/cat/$'\\xc3\\xbc1.png'");
    String job = folder.resolve("job.yaml").toString();
    assertRefused(run(locale, "train", job), "pictures/cat/??1.png", SET);
    String pictures = folder.resolve("pictures").toString();
    String output = folder.resolve("out").toString();
    assertRefused(
        run(locale, "filter", "--kernel", "sharpen", pictures, "--output", output),
        "pictures/cat/??1.png",
        SET);
    assertRefused(run(locale, "pack", pictures, "--output", output), "pictures/cat/??1.png", SET);
  }

  @Test
  void aClassFolderOrTheFolderOfAllThatTheLocaleCannotSpellIsRefused() throws Exception {
    rename("pictures/cat", "pictures/$'k\\xc3\\xa4fer'");
    String job = folder.resolve("job.yaml").toString();
    assertRefused(run("LC_ALL=C", "train", job), "pictures/k??fer", SET);
    rename("pictures", "$'k\\xc3\\xa4fer'");
    writeJob("k\u00e4fer");
    Ended run = run("LC_ALL=C", "train", job);
    assertEquals(2, run.status(), run::toString);
    assertTrue(run.lines().get(0).endsWith(SET), run::toString);
  }

  @Test
  void aNameOfAnotherEncodingIsRefusedInUtf8() throws Exception {
    rename("pictures/cat/1.png", "pictures/cat/$'\\xfc1.png'");
    assertRefused(
        run("LC_ALL=C.UTF-8", "train", folder.resolve("job.yaml").toString()),
        "pictures/cat/?1.png",
        "UTF-8; rename it in UTF-8");
  }

  @Test
  void namesOfUtf8AreReadInUtf8() throws Exception {
    rename("pictures/cat/1.png", "pictures/cat/$'\\xc3\\xbc1.png'");
    Ended run = run("LC_ALL=C.UTF-8", "train", folder.resolve("job.yaml").toString());
    assertEquals(0, run.status(), run::toString);
  }
}

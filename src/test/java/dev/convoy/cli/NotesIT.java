package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.ImageBlock;
import dev.convoy.testing.IdxBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings that teach nothing: each says so in a line, or is refused. */
class NotesIT {
  private static final String NORMALIZED_FEATURES =
      "network={input: [1, 6, 5], layers: [flatten, {dense: {units: 4}}, {batchNorm2d: {name: bn}},"
          + " {dense: {units: 3}}]}";

  @TempDir private Path folder;
  private SmallJob job;

  @BeforeAll
  static void chooseSpark() {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
  }

  @AfterAll
  static void leaveSpark() {
    System.clearProperty("spark.master");
    System.clearProperty("spark.ui.enabled");
  }

  @BeforeEach
  void writeJob() throws IOException {
    job = new SmallJob(folder);
  }

  private CommandRun run(String... settings) {
    List<String> arguments = new ArrayList<>(List.of("train", job.file.toString()));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private List<String> notes(String... settings) {
    CommandRun run = run(settings);
    assertEquals(0, run.status(), run::toString);
    return run.out().stream().filter(line -> line.startsWith("Note: ")).toList();
  }

  @Test
  void aSoundTrainingHasNone() {
    assertEquals(
        List.of(), notes("training.optimizer={adam: {learningRate: 0.01}}", "training.epochs=30"));
  }

  @Test
  void dataInTheOrderOfTheirClassesShouldBeShuffled() throws IOException {
    int[] sorted = job.images.labels().clone();
    Arrays.sort(sorted);
    Files.write(
        folder.resolve("labels"),
        IdxBytes.labels(
            new ImageBlock(job.images.shape(), job.images.ids(), sorted, job.images.pixels())));
    assertTrue(
        notes("training.shuffle=false")
            .contains(
                "Note: training.shuffle is off, and the data come class by class: 40 images of 3"
                    + " classes change class 2 times, so that most batches hold one class alone."));
    assertTrue(
        notes("output=" + folder.resolve("shuffled")).stream()
            .noneMatch(note -> note.contains("shuffle")));
  }

  @Test
  void anEpochOfOneRoundAveragesSeldom() {
    assertTrue(
        notes("distribution.averagingFrequency=5")
            .contains(
                "Note: each epoch is a single round: 2 workers make up to 5 steps apart and then"
                    + " average; a smaller distribution.averagingFrequency averages more often."));
  }

  @Test
  void aLearningRateMayBeTooLow() {
    List<String> notes = notes("training.optimizer={sgd: {learningRate: 1e-9}}");
    assertTrue(
        notes.stream()
            .anyMatch(
                note ->
                    note.startsWith("Note: epoch 2 moved the weights by ")
                        && note.endsWith("the learning rate, 1.00e-09, may be too low.")),
        notes::toString);
  }

  @Test
  void aLossAboveThatOfGuessingIsTold() {
    List<String> notes = notes("training.optimizer={sgd: {learningRate: 2}}", "training.epochs=1");
    assertTrue(
        notes.stream()
            .anyMatch(
                note ->
                    note.matches(
                        "Note: after epoch 1 the test loss of [0-9.]+ is above 1.099, that of"
                            + " guessing among 3 outputs; a lower learning rate than 2.00 often"
                            + " helps.")),
        notes::toString);
  }

  @Test
  void aClassThatIsNeverPredictedIsNamed() {
    List<String> notes = notes("training.optimizer={sgd: {learningRate: 2}}");
    assertTrue(
        notes.stream()
            .anyMatch(
                note ->
                    note.startsWith("Note: no test image is taken for ") && note.contains("dog")),
        notes::toString);
  }

  @Test
  void aLastBatchOfOneImageIsItsOwnMean() {
    assertTrue(
        notes("training.batchSize=19", NORMALIZED_FEATURES)
            .contains(
                "Note: an epoch's last batch holds 1 image alone, of which batchNorm2d 'bn' makes"
                    + " the same whatever it shows; another training.batchSize than 19 avoids it."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          network={input: [1, 6, 5], layers: [flatten, {dense: {units: 3}}, {softmax: {name: p}}]} | The last layer must not be softmax under softmaxCrossEntropy, which applies it by itself, but 'p' is: without it, the network learns, and predictions are the same probabilities
          data.normalize={mean: [72.9], std: [90]} | data.normalize: mean must be of pixel/255, at most 1, but was 72.9: divide it by 255
          data.normalize={mean: [0.3], std: [90]} | data.normalize: std must be of pixel/255, at most 1, but was 90.0: divide it by 255
          training.batchSize=2147483647 | training.batchSize must be at most 17895696, where a layer gives 120 values an image, but was 2147483647
          """)
  void whatCannotBeMeantIsRefused(String setting, String problem) {
    CommandRun run = run(setting, "distribution.averagingFrequency=1");
    assertEquals(2, run.status(), run::toString);
    assertEquals(List.of("convoy: " + job.file + ": " + problem), run.err());
  }

  @Test
  void batchNormalisationOfOneValueIsRefused() {
    CommandRun run = run("training.batchSize=1", NORMALIZED_FEATURES);
    assertEquals(2, run.status(), run::toString);
    assertEquals(
        List.of(
            "convoy: "
                + job.file
                + ": batchNorm2d 'bn' needs more than one value a channel in a batch, but a batch"
                + " is 1 image of [4]: a larger training.batchSize, or fewer distribution.workers,"
                + " gives more"),
        run.err());
  }
}

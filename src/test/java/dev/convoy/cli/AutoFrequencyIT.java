package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code auto} measured is in the files of its run, and gives its bits again. */
class AutoFrequencyIT {
  /** Five steps an epoch. */
  private static final int EPOCHS = 40;

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
    Files.writeString(
        job.file,
        job.text()
            .replace("averagingFrequency: 2", "averagingFrequency: {auto: {first: 1, maximum: 4}}")
            .replace("epochs: 2", "epochs: " + EPOCHS));
  }

  private CommandRun train(String output, String... arguments) {
    CommandRun done =
        CommandRun.of(
            Stream.concat(
                    Stream.of("train", job.file.toString(), "--output", job.path(output)),
                    Stream.of(arguments))
                .toArray(String[]::new));
    assertEquals(List.of(), done.err());
    assertEquals(0, done.status());
    return done;
  }

  private List<JsonNode> lines(String output, String type) throws IOException {
    List<JsonNode> found = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(output).resolve("metrics.jsonl"))) {
      JsonNode event = new ObjectMapper().readTree(line);
      if (event.path("type").asText().equals(type)) {
        found.add(event);
      }
    }
    return found;
  }

  private List<String> hashes(String output) throws IOException {
    return lines(output, "round").stream()
        .map(round -> round.get("weightsSha256").asText())
        .toList();
  }

  @Test
  void theScheduleInTheMetricsGivesEveryRoundsBitsAgain() throws IOException {
    CommandRun first = train("measured");
    List<JsonNode> found = lines("measured", "frequency");
    JsonNode last = found.get(found.size() - 1);
    assertTrue(last.get("settled").asBoolean(), last::toString);
    assertTrue(last.get("stages").size() > 1, last::toString);
    String schedule =
        "distribution.averagingFrequency={staged: {stages: "
            + last.get("stages")
            + ", maximum: "
            + last.get("maximum")
            + "}}";
    train("again", "--set", schedule);
    assertEquals(hashes("measured"), hashes("again"));
    assertEquals(List.of(), lines("again", "frequency"));
    String told = "The same bits again: --set '";
    String line =
        first.out().stream().filter(text -> text.startsWith(told)).findFirst().orElseThrow();
    train("told", "--set", line.substring(told.length(), line.length() - 1));
    assertEquals(hashes("measured"), hashes("told"));
  }

  @Test
  void theModelNamesTheScheduleInPlaceOfAuto() throws IOException {
    train("measured");
    JsonNode model =
        new ObjectMapper().readTree(folder.resolve("measured/model/model.json").toFile());
    List<JsonNode> frequencies = model.findValues("averagingFrequency");
    List<JsonNode> found = lines("measured", "frequency");
    assertEquals(1, frequencies.size());
    assertEquals(
        found.get(found.size() - 1).get("stages"), frequencies.get(0).get("staged").get("stages"));
  }

  /** Half of the epochs at first, which are enough for the measurements. */
  @Test
  void aRunThatGoesOnMeasuresNoMore() throws IOException {
    train("half", "--set", "training.epochs=" + EPOCHS / 2);
    List<JsonNode> half = lines("half", "frequency");
    assertTrue(half.get(half.size() - 1).get("settled").asBoolean(), half::toString);
    CommandRun resumed = train("half", "--resume");
    assertTrue(resumed.out().stream().anyMatch(line -> line.startsWith("Going on from ")));
    assertEquals(half, lines("half", "frequency"));
    JsonNode last = half.get(half.size() - 1);
    train(
        "again",
        "--set",
        "distribution.averagingFrequency={staged: {stages: "
            + last.get("stages")
            + ", maximum: 4}}");
    assertEquals(hashes("half"), hashes("again"));
    assertFalse(hashes("half").isEmpty());
  }
}

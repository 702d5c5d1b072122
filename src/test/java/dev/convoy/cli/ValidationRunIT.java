package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a run with data for validation goes: where it ends, goes on, or is refused. */
class ValidationRunIT extends ValidationCase {
  @Test
  void validationEndsTheTrainingAndTheTestIsScoredOnce() throws IOException {
    List<String> out =
        train(
            "stopped",
            "training.epochs=60",
            "training.earlyStopping={patience: 3}",
            "training.optimizer={sgd: {learningRate: 0.3, momentum: 0.9}}");
    List<JsonNode> metrics = metrics("stopped");
    JsonNode summary = metrics.get(metrics.size() - 1);
    assertTrue(summary.get("stoppedEarly").asBoolean());
    int best = summary.get("bestEpoch").asInt();
    List<JsonNode> epochs =
        metrics.stream().filter(line -> line.get("type").asText().equals("epoch")).toList();
    assertEquals(best + 3, epochs.size());
    assertEquals(epochs.get(best - 1).get("validationLoss"), summary.get("validationLoss"));
    assertTrue(epochs.stream().allMatch(epoch -> epoch.get("testLoss").isNull()));
    assertTrue(out.contains("Stopped early: the validation examples showed no more progress."));
    assertTrue(out.stream().noneMatch(line -> line.contains("watches data.test")), out::toString);
    CommandRun run = CommandRun.of("evaluate", path("stopped"), "--job", job.toString());
    assertEquals(0, run.status(), run::toString);
    String score = run.out().stream().filter(line -> line.contains("accuracy")).findFirst().get();
    assertTrue(out.contains(score), () -> score + out);
  }

  @Test
  void whereTheTestDataAreWatchedALineSaysWhatThatMeans() {
    String end =
        " data.test: what is kept is chosen by the test data, whose score is no honest estimate"
            + " any more; data.validation, such as {share: 0.1}, leaves them for the end.";
    String stopping = "training.earlyStopping={patience: 3}";
    String plateau = "training.schedule={reduceOnPlateau: {patience: 1}}";
    assertEquals(
        List.of("Note: training.earlyStopping watches" + end),
        watching("data.validation=", stopping));
    assertEquals(
        List.of("Note: training.schedule watches" + end), watching("data.validation=", plateau));
    assertEquals(
        List.of("Note: training.earlyStopping and training.schedule watch" + end),
        watching("data.validation=", stopping, plateau));
    assertEquals(List.of(), watching("data.validation="));
    assertEquals(List.of(), watching(stopping, plateau));
  }

  private List<String> watching(String... changes) {
    return train("watching", changes).stream().filter(line -> line.contains(" watch")).toList();
  }

  @Test
  void aRunThatGoesOnKeepsItsShareAndRefusesAnother() throws IOException {
    String[] checkpoints = {
      "checkpoint={everyRounds: 1, keep: 50}", "training.earlyStopping={patience: 2}"
    };
    train("whole", checkpoints);
    List<JsonNode> whole = metrics("whole");
    Path run = folder.resolve("whole");
    // As it would lie there, had it been killed in the second epoch.
    try (var left = Files.list(run.resolve("checkpoints"))) {
      for (Path checkpoint : left.sorted().skip(3).toList()) {
        try (var files = Files.list(checkpoint)) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
        Files.delete(checkpoint);
      }
    }
    CommandRun other = run("whole", add(checkpoints, "data.validation={share: 0.3}"), "--resume");
    assertEquals(2, other.status(), other::toString);
    assertTrue(
        other.err().get(0).contains("but differs: data.validation.share 0.25 -> 0.3; data."),
        other::toString);
    CommandRun on = run("whole", checkpoints, "--resume");
    assertEquals(0, on.status(), on::toString);
    assertTrue(on.out().stream().anyMatch(line -> line.startsWith("Going on from ")), on::toString);
    assertEquals(whole, metrics("whole"));
    CommandRun replay = CommandRun.of("replay", path("whole"), "--round", "5", "--worker", "1");
    assertEquals(0, replay.status(), replay::toString);
    assertTrue(
        replay.out().stream().anyMatch(line -> line.endsWith(": as it was logged")),
        replay::toString);
  }

  @Test
  void aShareThatComesToNothingIsRefused() {
    CommandRun run = run("none", new String[] {"data.validation.share=0.01"});
    assertEquals(2, run.status(), run::toString);
    assertEquals(
        List.of(
            "convoy: "
                + job
                + ": data.validation: a share of 0.01 must come to one image at least, but of 40 it"
                + " comes to none"),
        run.err());
    CommandRun labels =
        run("none", new String[] {"data.validation=" + idxSource("images", "test-labels")});
    assertEquals(2, labels.status(), labels::toString);
    assertEquals(1, labels.err().size(), labels::toString);
  }
}

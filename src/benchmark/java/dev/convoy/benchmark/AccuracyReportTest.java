package dev.convoy.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccuracyReportTest {
  private static AccuracyReport report(double above) {
    return new AccuracyReport(
        "job",
        3,
        1000,
        "scalar",
        List.of(1L, 2L, 3L),
        new Trainings(List.of(0.5 + above, 0.6 + above, 0.7 + above)),
        new Trainings(List.of(0.7, 0.5, 0.6)));
  }

  @Test
  void meansDeviationsAndTheErrorOfTheirDifference() {
    AccuracyReport report = report(0.02);
    assertEquals(0.62, report.chosen().mean(), 1e-12);
    assertEquals(0.1, report.direct().standardDeviation(), 1e-12);
    assertEquals(0.02, report.difference(), 1e-12);
    assertEquals(Math.sqrt(0.01 / 3 + 0.01 / 3), report.standardError(), 1e-12);
  }

  @Test
  void meansTwoStandardErrorsApartAreNotAlike() {
    assertTrue(report(0.163).alike());
    assertTrue(report(-0.163).alike());
    assertFalse(report(0.164).alike());
    assertFalse(report(-0.164).alike());
  }

  @Test
  void theTableEndsInWhatTheyComeTo() {
    List<String> lines = report(0.02).lines();
    assertTrue(
        lines.get(2).startsWith("2 ") && lines.get(2).endsWith("0.6200  0.5000"), lines.get(2));
    assertEquals(
        "difference of the means +0.0200, its standard error 0.0816: alike",
        lines.get(lines.size() - 1));
  }

  @Test
  void theJsonHasEveryAccuracy(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("accuracy.json");
    report(0.02).writeJson(file);
    JsonNode tree = new ObjectMapper().readTree(file.toFile());
    assertEquals(0.7, tree.at("/direct/accuracies/0").asDouble());
    assertEquals(0.1, tree.at("/chosen/standardDeviation").asDouble(), 1e-12);
    assertTrue(tree.at("/alike").asBoolean());
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }
}

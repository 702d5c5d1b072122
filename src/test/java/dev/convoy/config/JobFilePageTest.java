package dev.convoy.config;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.loss.Loss;
import dev.convoy.nn.layer.Initializer;
import dev.convoy.nn.layer.Layer;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.Pace;
import dev.convoy.optim.Schedule;
import dev.convoy.optim.Warmup;
import dev.convoy.train.EarlyStopping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page on job files must tell of everything that a job may say. */
class JobFilePageTest {
  private final List<String> lines;

  JobFilePageTest() throws IOException {
    lines = Files.readAllLines(Path.of("src/site/markdown/job-file.md"));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {Layer.class, Optimizer.class, Loss.class, Schedule.class, DataSource.class})
  void everyKindHasALineWithEveryKey(Class<?> sealed) {
    Names.kinds(sealed)
        .forEach(
            (kind, type) -> {
              String line = line("`" + kind + "`");
              for (String key : Names.keys(type)) {
                assertTrue(line.contains("`" + key), kind + " lacks " + key + ": " + line);
              }
            });
  }

  @ParameterizedTest
  @ValueSource(classes = {Training.class, Distribution.class})
  void everyKeyOfASectionHasALine(Class<?> section) {
    for (String key : Names.keys(section)) {
      line("`" + Names.kind(section) + "." + key + "`");
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {Warmup.class, EarlyStopping.class})
  void everyKeyOfAPartHasALine(Class<?> part) {
    for (String key : Names.keys(part)) {
      assertTrue(line("`" + Names.kind(part) + "`").contains("`" + key), key);
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {Job.class, JobData.class})
  void everyKeyIsNamed(Class<?> type) {
    String page = String.join("\n", lines);
    for (String key : Names.keys(type)) {
      assertTrue(page.contains("`" + key) || page.contains("." + key), key);
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {Initializer.class, Pace.class, EarlyStopping.Metric.class})
  void everyConstantIsNamed(Class<?> type) {
    for (String constant : Names.constants(type).keySet()) {
      line("`" + constant + "`");
    }
  }

  /** The line whose first cell, or item of a list, has the text. */
  private String line(String text) {
    return lines.stream()
        .filter(line -> line.startsWith("|") || line.startsWith("-"))
        .filter(line -> (line.startsWith("|") ? line.split("\\|")[1] : line).contains(text))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no line has " + text));
  }
}

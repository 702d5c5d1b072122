package dev.convoy.config;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.config.data.JobData;
import dev.convoy.config.tree.Names;
import dev.convoy.train.round.EarlyStopping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page on job files must tell of every key that is no kind's: those are on the reference. */
class JobFilePageTest {
  private final List<String> lines;

  JobFilePageTest() throws IOException {
    lines = Files.readAllLines(Path.of("src/site/markdown/job-file.md"));
  }

  @Test
  void everyKeyOfASectionHasALine() {
    Names.keys(JobTraining.class).forEach(key -> line("`training." + key + "`"));
    Names.keys(Distribution.class).forEach(key -> line("`distribution." + key + "`"));
  }

  @ParameterizedTest
  @ValueSource(classes = {Job.class, JobData.class, EarlyStopping.class, Checkpoints.class})
  void everyKeyIsNamed(Class<?> type) {
    String page = String.join("\n", lines);
    for (String key : Names.keys(type)) {
      assertTrue(
          page.contains("`" + key) || page.contains("." + key) || page.contains("{" + key), key);
    }
  }

  /** The line whose first cell has the text. */
  private String line(String text) {
    return lines.stream()
        .filter(line -> line.startsWith("|"))
        .filter(line -> line.split("\\|")[1].contains(text))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no line has " + text));
  }
}

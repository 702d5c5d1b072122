package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.filter.NamedKernel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvoyTest {
  @ParameterizedTest
  @ValueSource(strings = {"train", "evaluate", "predict", "inspect", "filter", "explain"})
  void everyCommandHasHelpWithAnExample(String command) {
    CommandRun run = CommandRun.of(command, "--help");
    assertEquals(0, run.status());
    assertEquals(List.of(), run.err());
    assertTrue(run.out().get(0).startsWith("Usage: convoy " + command));
    assertTrue(run.out().stream().anyMatch(line -> line.startsWith("  deploy/convoy " + command)));
  }

  @Test
  void withoutACommandTheHelpIsShown() {
    CommandRun run = CommandRun.of();
    assertEquals(0, run.status());
    for (String command : List.of("train", "evaluate", "predict", "inspect", "filter", "explain")) {
      assertTrue(run.out().stream().anyMatch(line -> line.startsWith("  " + command)), command);
    }
  }

  @Test
  void theVersionNamesSparkAndJava() {
    CommandRun run = CommandRun.of("--version");
    assertEquals(0, run.status());
    assertTrue(
        run.out().get(0).matches("convoy \\S+ \\(Spark [34]\\.\\d\\.\\d+, Java .+\\)"),
        run.out().toString());
  }

  @Test
  void theKernelsOfAFilterAreListed() {
    CommandRun run = CommandRun.of("filter", "--list");
    assertEquals(0, run.status());
    assertEquals(1 + NamedKernel.values().length, run.out().size());
    assertTrue(
        run.out().get(3).matches("gaussian-blur +\\[\\[1,2,1],\\[2,4,2],\\[1,2,1]] / 16 +\\w.*"),
        run.out().get(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      textBlock =
          """
          trian => Unmatched argument at index 0: 'trian'; did you mean train? (see convoy --help)
          train => Missing required parameter: 'JOB' (see convoy train --help)
          inspect a --sat=b => Unknown option: '--sat=b'; did you mean --set? (see convoy inspect --help)
          filter => Missing required parameter: 'IMAGE' (see convoy filter --help)
          filter a.png => Missing required option: '--kernel=NAME|FILE|MATRIX' (see convoy filter --help)
          filter a.png --kernel emboss => Missing required option: '--output=DIR' (see convoy filter --help)
          filter --padding=-1 => Invalid value for option '--padding': must be valid, same or a number of pixels, but was '-1' (see convoy filter --help)
          """)
  void aWrongCommandLineIsRefusedInOneLine(String line, String message) {
    CommandRun run = CommandRun.of(line.split(" "));
    assertEquals(List.of("convoy: " + message), run.err());
    assertEquals(2, run.status());
  }
}

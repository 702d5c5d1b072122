package dev.convoy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.cli.console.LineStream;
import dev.convoy.cli.console.TerminalLines;
import dev.convoy.cli.input.SourceOption;
import dev.convoy.image.filter.NamedKernel;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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

  /** Every example of the help, as it is printed. */
  static Stream<String> examples() {
    return Stream.concat(Stream.of(""), Convoy.line().getSubcommands().keySet().stream())
        .flatMap(command -> CommandRun.of((command + " --help").strip().split(" ")).out().stream())
        .filter(line -> line.startsWith("  deploy/convoy "));
  }

  @Test
  void eachCommandHasAnExample() {
    for (String command : Convoy.line().getSubcommands().keySet()) {
      String start = "  deploy/convoy " + command + " ";
      assertTrue(examples().anyMatch(line -> line.startsWith(start)), command);
    }
  }

  /** A line that was wrapped, or holds what the shell takes for its own, is not what it says. */
  @ParameterizedTest
  @MethodSource("examples")
  void anExampleCanBePasted(String line) throws Exception {
    String script = "deploy/convoy() { printf '%s\\n' \"$@\"; }; " + line;
    Process shell = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true).start();
    List<String> words =
        new ArrayList<>(new String(shell.getInputStream().readAllBytes(), UTF_8).lines().toList());
    assertEquals(0, shell.waitFor(), words.toString());
    int master = words.indexOf("--master"); // Spark's
    if (master >= 0) {
      words.subList(master, master + 2).clear();
    }
    Convoy.line().parseArgs(words.toArray(String[]::new));
    if (words.contains("--data")) {
      SourceOption.read(words.get(words.indexOf("--data") + 1));
    }
  }

  @Test
  void anArgumentThatBeginsWithAnAtSignIsAName() {
    CommandRun run = CommandRun.of("inspect", "@pom.xml");
    assertEquals(2, run.status());
    assertTrue(
        run.err().get(0).startsWith("convoy: @pom.xml: must be a job file, "), run.toString());
  }

  @Test
  void whatIsPrintedCommandsNoTerminal() {
    String name = "a\u001b[31m\n\u009bb\u202ec\u200fd";
    String shown = "a\\u001b[31m\\u000a\\u009bb\\u202ec\\u200fd";
    CommandRun run = CommandRun.of("inspect", name);
    assertEquals(1, run.err().size(), run.err().toString());
    assertTrue(run.err().get(0).startsWith("convoy: " + shown + ": must be "), run.err().get(0));
    run = CommandRun.of("inspect", "a", "--" + name.replace("\n", ""));
    assertEquals(1, run.err().size(), run.err().toString());
    assertTrue(run.err().get(0).contains("--" + shown.replace("\\u000a", "")), run.err().get(0));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    LineStream out = new LineStream(bytes, UTF_8);
    out.println(name);
    out.println((Object) name);
    out.printf("%s%n", name);
    out.printf(Locale.ROOT, "%s %d%n", name, 1);
    TerminalLines lines = new TerminalLines(out);
    for (byte b : (name.replace("\n", "") + "\r\n").getBytes(UTF_8)) {
      lines.write(b);
    }
    assertEquals(
        List.of(shown, shown, shown, shown + " 1", shown.replace("\\u000a", "")),
        bytes.toString(UTF_8).lines().toList());
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

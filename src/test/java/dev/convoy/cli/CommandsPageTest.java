package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.image.filter.NamedKernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the page on commands to what the commands know. */
class CommandsPageTest {
  private static final Path PAGE = Path.of("src/site/markdown/commands.md");

  @ParameterizedTest
  @EnumSource
  void everyNamedKernelIsOnThePage(NamedKernel named) throws IOException {
    String line = "| `" + named + "` | `" + named.formula() + "` | " + named.effect() + " |";
    assertTrue(Files.readAllLines(PAGE).contains(line), line);
  }
}

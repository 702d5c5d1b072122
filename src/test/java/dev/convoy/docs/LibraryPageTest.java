package dev.convoy.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every program on the library's page is a file that is compiled, and run by LibraryIT. */
class LibraryPageTest {
  private static final Path PROGRAMS = Path.of("src/test/java/dev/convoy/library");
  private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CLASS = Pattern.compile("^class (\\w+)", Pattern.MULTILINE);

  private final List<String> programs;

  LibraryPageTest() throws IOException {
    String page = Files.readString(Path.of("src/site/markdown/library.md"));
    programs = PROGRAM.matcher(page).results().map(match -> match.group(1)).toList();
  }

  @Test
  void everyProgramIsAFile() throws IOException {
    assertFalse(programs.isEmpty());
    for (String program : programs) {
      assertEquals(file(name(program)), program);
    }
  }

  @Test
  void theFirstProgramsAreShort() throws IOException {
    assertTrue(lines("TrainOnPictures") <= 25);
    assertTrue(lines("PredictOnPicture") <= 10);
  }

  private static long lines(String name) throws IOException {
    return file(name).lines().count();
  }

  private static String name(String program) {
    return CLASS
        .matcher(program)
        .results()
        .map(MatchResult::group)
        .findFirst()
        .orElseThrow()
        .substring("class ".length());
  }

  /** The file without its package. */
  private static String file(String name) throws IOException {
    String text = Files.readString(PROGRAMS.resolve(name + ".java"));
    return text.substring(text.indexOf("\n\n") + 2);
  }
}

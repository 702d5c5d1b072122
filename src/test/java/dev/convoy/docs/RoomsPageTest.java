package dev.convoy.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the table of rooms to the packages that there are. */
class RoomsPageTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/convoy");
  private static final Path PAGE = Path.of("src/site/markdown/architecture.md");

  /** A room's name as the table writes it: a lower-case package below {@code dev.convoy}. */
  private static final Pattern ROOM = Pattern.compile("`([a-z]+(?:\\.[a-z]+)*)`");

  @Test
  void theTableNamesEveryPackageAndNoOther() throws IOException {
    String table = Files.readString(PAGE).split("\n## The rooms\n")[1].split("\n## ")[0];
    TreeSet<String> named =
        ROOM.matcher(table.lines().filter(l -> l.startsWith("|")).collect(Collectors.joining()))
            .results()
            .map(room -> room.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(packages(), named);
  }

  private static TreeSet<String> packages() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.endsWith("package-info.java"))
          .map(file -> SOURCES.relativize(file.getParent()).toString())
          .map(folder -> folder.replace(PAGE.getFileSystem().getSeparator(), "."))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}

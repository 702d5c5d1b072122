package dev.convoy.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the pages of the documentation to their width, and their links to what they name. */
class PagesTest {
  private static final Path SITE = Path.of("src/site/markdown");

  /** The target of a link or of an image. */
  private static final Pattern LINK = Pattern.compile("]\\(([^)]*)\\)");

  private static final Pattern CODE = Pattern.compile("`[^`]*`");

  /** Every page. */
  static Stream<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    pages.add(Path.of("README.md"));
    pages.add(Path.of("data-samples/README.md"));
    pages.add(Path.of("src/test/resources/golden/README.md"));
    try (Stream<Path> files = Files.list(SITE)) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages.stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linesAreNoLongerThanTheWidthUnlessTheyCannotBeBroken(Path page) throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (String line : prose(page)) {
      boolean fits = line.codePointCount(0, line.length()) <= Wrapping.WIDTH;
      if (!fits && !Wrapping.wrap(line).equals(line)) {
        tooLong.add(line);
      }
    }
    assertEquals("", String.join("\n", tooLong), "break these lines");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksArriveAtFilesAndHeadings(Path page) throws IOException {
    List<String> broken = new ArrayList<>();
    for (String line : prose(page)) {
      Matcher link = LINK.matcher(CODE.matcher(line).replaceAll("code"));
      while (link.find()) {
        if (!arrives(page, link.group(1))) {
          broken.add(link.group(1) + " in: " + line);
        }
      }
    }
    assertEquals("", String.join("\n", broken), "these links arrive nowhere");
  }

  @Test
  void theFirstPageLinksEveryPage() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    for (Path page : pages().filter(page -> page.startsWith(SITE)).toList()) {
      assertTrue(readme.contains("](" + page), "README.md has no link to " + page);
    }
  }

  private static boolean arrives(Path page, String target) throws IOException {
    if (target.matches("https?://.*")) {
      return true;
    }
    String[] parts = target.split("#", 2);
    Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    return Files.exists(file)
        && (parts.length == 1 || Anchors.all(Files.readString(file)).contains(parts[1]));
  }

  /** The lines of a page that are no code between fences. */
  private static List<String> prose(Path page) throws IOException {
    List<String> prose = new ArrayList<>();
    boolean code = false;
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith("```")) {
        code = !code;
      } else if (!code) {
        prose.add(line);
      }
    }
    return prose;
  }
}

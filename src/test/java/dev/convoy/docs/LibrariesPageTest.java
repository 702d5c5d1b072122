package dev.convoy.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The versions on the page of libraries are those of the build. */
class LibrariesPageTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| ([^|]+) \\| ([0-9][^ |]*) \\| ([^|]+) \\|$");

  /** What the first, default line of the build sets. */
  private static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          Map.entry("picocli", "picocli.version"),
          Map.entry("progressbar", "progressbar.version"),
          Map.entry("JLine's terminal", "jline.version"),
          Map.entry("Jackson (core, databind, YAML, CSV)", "jackson.version"),
          Map.entry("SnakeYAML", "snakeyaml.version"),
          Map.entry("Mustache.java", "mustache.version"),
          Map.entry("Protobuf (javalite)", "protobuf.version"),
          Map.entry("RE2/J", "re2j.version"),
          Map.entry("Apache Spark", "spark.version"),
          Map.entry("Hadoop", "hadoop.version"),
          Map.entry("Log4j", "log4j.version"));

  private static String read(String path) throws IOException {
    return Files.readString(Path.of(path));
  }

  @Test
  void versionsAreThoseOfTheBuild() throws IOException {
    String build = read("pom.xml");
    Map<String, String> expected = new TreeMap<>();
    PROPERTIES.forEach((library, property) -> expected.put(library, first(build, property)));
    Map<String, String> listed = new TreeMap<>();
    Matcher rows = ROW.matcher(read("src/site/markdown/libraries.md"));
    while (rows.find()) {
      listed.put(rows.group(1), rows.group(2));
    }
    assertEquals(expected, listed);
  }

  private static String first(String build, String property) {
    Matcher found = Pattern.compile("<" + property + ">([^<]+)<").matcher(build);
    assertTrue(found.find(), property);
    return found.group(1);
  }

  @Test
  void theJarCarriesWhatTheListSays() throws IOException {
    String build = read("pom.xml");
    String included =
        build.substring(build.indexOf("<artifactSet>"), build.indexOf("</artifactSet>"));
    long listed =
        ROW.matcher(read("src/site/markdown/libraries.md"))
            .results()
            .filter(row -> row.group(3).startsWith("in the jar"))
            .count();
    long carried = included.lines().filter(line -> line.contains("<include>")).count();
    // Jackson is three of them.
    assertEquals(carried - 2, listed, included);
  }
}

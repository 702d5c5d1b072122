package dev.convoy.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds doc comments to begin with a verb or a noun: a reader of "Of a network." has to find out
 * what is of a network.
 */
class FirstWordsTest {
  private static final Path SOURCES = Path.of("src/main/java");

  private static final Set<String> PREPOSITIONS =
      Set.of(
          "About", "Above", "After", "Against", "Along", "Among", "Around", "As", "At", "Before",
          "Behind", "Below", "Beside", "Besides", "Between", "Beyond", "By", "During", "For",
          "From", "In", "Inside", "Into", "Like", "Near", "Of", "On", "Onto", "Out", "Outside",
          "Over", "Per", "Since", "Through", "To", "Towards", "Under", "Until", "Upon", "Via",
          "With", "Within", "Without");

  /** The start of a doc comment, and its first word. */
  private static final Pattern COMMENT = Pattern.compile("/\\*\\*[\\s*]*([A-Za-z]+)");

  @Test
  void docCommentsBeginWithNoBarePreposition() throws IOException {
    List<String> found = new ArrayList<>();
    int comments = 0;
    for (Path file : sources()) {
      String text = Files.readString(file);
      Matcher comment = COMMENT.matcher(text);
      while (comment.find()) {
        comments++;
        if (PREPOSITIONS.contains(comment.group(1))) {
          long line = text.substring(0, comment.start(1)).lines().count();
          found.add(file + ":" + line + ": " + comment.group(1) + " ...");
        }
      }
    }
    assertTrue(comments > 2000, comments + " comments");
    assertEquals("", String.join("\n", found), "begin these with a verb or a noun");
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }
}

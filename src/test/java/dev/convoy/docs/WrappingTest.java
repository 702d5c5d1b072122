package dev.convoy.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WrappingTest {
  @Test
  void longLinesBreakBetweenWordsAndKeepAllOfThem() {
    String line = "word ".repeat(100).strip();
    String wrapped = Wrapping.wrap(line);
    assertTrue(wrapped.lines().allMatch(part -> part.length() <= Wrapping.WIDTH), wrapped);
    assertEquals(5, wrapped.lines().count());
    assertEquals(line, wrapped.replace('\n', ' '));
  }

  @Test
  void codeAndLinksStayWhole() {
    String start = "x".repeat(110);
    assertEquals(start + "\n`a b c d e f`,", Wrapping.wrap(start + " `a b c d e f`,"));
    assertEquals(
        start + "\n[a `b c` d](page.md#e)", Wrapping.wrap(start + " [a `b c` d](page.md#e)"));
  }

  @Test
  void itemsAreIndented() {
    String word = "x".repeat(100);
    assertEquals("- " + word + "\n  " + word, Wrapping.wrap("- " + word + " " + word));
    assertEquals("  " + word + "\n  " + word, Wrapping.wrap("  " + word + " " + word));
  }

  @Test
  void noBreakMakesAnItemOrAHeading() {
    String start = "x".repeat(117);
    assertEquals(start + "\nn - 1) of y", Wrapping.wrap(start + " n - 1) of y"));
    assertEquals(start + "\na # b", Wrapping.wrap(start + " a # b"));
  }

  @Test
  void indentedCodeAndRowsOfTablesStayAsTheyAre() {
    String code = "    " + "word ".repeat(100);
    assertEquals(code, Wrapping.wrap(code));
    String row = "| " + "word ".repeat(100) + "|";
    assertEquals(row, Wrapping.wrap(row));
  }
}

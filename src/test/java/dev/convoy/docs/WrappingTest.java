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
  void itemsAreIndentedAndBecomeNoOtherItems() {
    String word = "x".repeat(100);
    assertEquals(
        "- " + word + "\n  " + word + " - y", Wrapping.wrap("- " + word + " " + word + " - y"));
    assertEquals(
        word + " " + word.substring(81) + " -",
        Wrapping.wrap(word + " " + word.substring(81) + " -"));
  }

  @Test
  void indentedCodeAndRowsOfTablesStayAsTheyAre() {
    String code = "    " + "word ".repeat(100);
    assertEquals(code, Wrapping.wrap(code));
    String row = "| " + "word ".repeat(100) + "|";
    assertEquals(row, Wrapping.wrap(row));
  }
}

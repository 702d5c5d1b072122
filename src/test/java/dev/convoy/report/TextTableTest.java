package dev.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    TextTable table = new TextTable("<name", "count").row("a", "1,234").row("longer", "5");
    assertEquals(List.of("name    count", "a       1,234", "longer      5"), table.lines());
  }

  @Test
  void aRowNeedsACellForEachHeading() {
    TextTable table = new TextTable("a", "b");
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> table.row("1"));
    assertEquals("TextTable.row needs 2 cells, but got 1", e.getMessage());
  }
}

package dev.convoy.report;

import java.util.ArrayList;
import java.util.List;

/** Rows of text under headings, in columns as wide as their widest cell. */
public final class TextTable {
  private static final String GAP = "  ";

  private final boolean[] left;
  private final List<String[]> rows = new ArrayList<>();

  /**
   * A table with these headings; one that starts with {@code <} has its column flush left, all
   * others are flush right.
   */
  public TextTable(String... headings) {
    left = new boolean[headings.length];
    String[] plain = new String[headings.length];
    for (int i = 0; i < headings.length; i++) {
      left[i] = headings[i].startsWith("<");
      plain[i] = left[i] ? headings[i].substring(1) : headings[i];
    }
    rows.add(plain);
  }

  /** Adds a row, one cell a heading. */
  public TextTable row(String... cells) {
    if (cells.length != left.length) {
      throw new IllegalArgumentException(
          "TextTable.row needs " + left.length + " cells, but got " + cells.length);
    }
    rows.add(cells.clone());
    return this;
  }

  /** The rows as they were added, headings first. */
  public List<String[]> rows() {
    return rows.stream().map(String[]::clone).toList();
  }

  /** The lines, headings first. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.length; column++) {
        String blanks = " ".repeat(width(column) - row[column].length());
        line.append(column == 0 ? "" : GAP);
        line.append(left[column] ? row[column] + blanks : blanks + row[column]);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row[column].length()).max().orElse(0);
  }
}

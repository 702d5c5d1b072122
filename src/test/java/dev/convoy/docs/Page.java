package dev.convoy.docs;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A page of Markdown as it grows. */
final class Page {
  private final StringBuilder text = new StringBuilder();

  /** Adds paragraphs and lists, wrapped, with an empty line behind them. */
  void block(String... paragraphs) {
    for (String paragraph : paragraphs) {
      paragraph.lines().forEach(line -> text.append(Wrapping.wrap(line)).append('\n'));
    }
    text.append('\n');
  }

  /** Adds lines of code, as they are, with an empty line behind them. */
  void codeBlock(String language, String... lines) {
    text.append("```").append(language).append('\n');
    for (String line : lines) {
      text.append(line).append('\n');
    }
    text.append("```\n\n");
  }

  /** The head of a table; its rows, and {@link #block} without lines, must follow. */
  void tableHead(String... names) {
    row(names);
    text.append("|---".repeat(names.length)).append("|\n");
  }

  /** A row of a table. */
  void row(String... cells) {
    String row =
        Arrays.stream(cells)
            .map(cell -> cell.replace("|", "\\|").replace('\n', ' '))
            .collect(Collectors.joining(" | ", "| ", " |\n"));
    text.append(row);
  }

  /** What a comment says after its first sentence; the source of a formula stands by itself. */
  void rest(Javadoc doc) {
    for (String paragraph : doc.paragraphs()) {
      for (String part : paragraph.split("(?<=^|\\. )(?=Sources?: )")) {
        block(part.strip());
      }
    }
  }

  /** A link to a heading of the same page. */
  static String link(String heading) {
    return "[" + heading + "](#" + Anchors.of(heading) + ")";
  }

  /** As code. */
  static String code(String text) {
    return "`" + text + "`";
  }

  /** The text, which ends in one line feed. */
  @Override
  public String toString() {
    return text.toString().stripTrailing() + "\n";
  }
}

package dev.convoy.ml.python;

/** A file in Python that grows line by line, indented by its blocks. */
final class PythonSource {
  private static final int WIDTH = 100;
  private static final int INDENT = 4;

  private final StringBuilder text = new StringBuilder();
  private int depth;

  /** Adds a line. */
  PythonSource line(String line) {
    text.append(" ".repeat(INDENT * depth)).append(line).append('\n');
    return this;
  }

  /** Adds an empty line. */
  PythonSource blank() {
    text.append('\n');
    return this;
  }

  /** Opens a block; the lines that follow are inside. */
  PythonSource open(String head) {
    line(head + ":");
    depth++;
    return this;
  }

  /** Closes the block that was opened last. */
  PythonSource close() {
    depth--;
    return this;
  }

  /** Adds documentation, wrapped. */
  PythonSource doc(String sentences) {
    String whole = "\"\"\"" + sentences + "\"\"\"";
    if (INDENT * depth + whole.length() <= WIDTH) {
      return line(whole);
    }
    StringBuilder row = new StringBuilder("\"\"\"");
    for (String word : sentences.split(" ")) {
      if (INDENT * depth + row.length() + 1 + word.length() > WIDTH) {
        line(row.toString());
        row = new StringBuilder();
      }
      row.append(row.length() == 0 || row.toString().endsWith("\"") ? "" : " ").append(word);
    }
    return line(row.toString()).line("\"\"\"");
  }

  /** Returns a text as a literal. */
  static String literal(String value) {
    return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

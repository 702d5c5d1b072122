package dev.convoy.kernel.generator;

/** A Java file that grows line by line, indented by its braces, in google-java-format's style. */
final class JavaSource {
  private static final int WIDTH = 100;

  private final StringBuilder text = new StringBuilder();
  private int depth;

  /** Adds a line. */
  JavaSource line(String line) {
    return write(0, line);
  }

  /** Adds an empty line. */
  JavaSource blank() {
    text.append('\n');
    return this;
  }

  /** Opens a block; the lines that follow are inside. */
  JavaSource open(String head) {
    line(head + " {");
    depth++;
    return this;
  }

  /** Closes the block that was opened last. */
  JavaSource close() {
    depth--;
    return line("}");
  }

  /** Adds documentation, wrapped as the formatter does it. */
  JavaSource doc(String sentences) {
    String whole = "/** " + sentences + " */";
    if (2 * depth + whole.length() <= WIDTH) {
      return line(whole);
    }
    line("/**");
    StringBuilder row = new StringBuilder(" *");
    for (String word : sentences.split(" ")) {
      if (2 * depth + row.length() + 1 + word.length() > WIDTH) {
        line(row.toString());
        row = new StringBuilder(" *");
      }
      row.append(' ').append(word);
    }
    return line(row.toString()).line(" */");
  }

  /** Opens a method, its parameters where they fit: in the line, in the next, or one a line. */
  JavaSource method(String head, String... parameters) {
    String together = String.join(", ", parameters);
    if (2 * depth + head.length() + together.length() + 4 <= WIDTH) {
      line(head + "(" + together + ") {");
    } else {
      line(head + "(");
      boolean fits = 2 * depth + 4 + together.length() + 3 <= WIDTH;
      write(4, (fits ? together : String.join(",\n" + indent(4), parameters)) + ") {");
    }
    depth++;
    return this;
  }

  private JavaSource write(int further, String line) {
    text.append(indent(further)).append(line).append('\n');
    return this;
  }

  private String indent(int further) {
    return " ".repeat(2 * depth + further);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

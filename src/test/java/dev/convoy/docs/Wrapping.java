package dev.convoy.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Breaks lines of Markdown between words, none of which the break gives another meaning. */
final class Wrapping {
  /** The characters that a line may have. */
  static final int WIDTH = 120;

  /** A word, in which code, the text of a link and all that touches them stay whole. */
  private static final Pattern WORD =
      Pattern.compile("(?:`[^`]*`|\\[(?:`[^`]*`|[^\\]`])*\\]\\([^)]*\\)|[^\\s`])+");

  /** What makes a list, a heading or a quotation of a line that it begins. */
  private static final Pattern MARK = Pattern.compile("[-+*=#>].*|[0-9]+[.)]");

  private Wrapping() {}

  /**
   * Breaks a paragraph, or an item of a list, whose further lines are indented as its text is.
   *
   * @param line without line feeds; code that is indented stays as it is
   */
  static String wrap(String line) {
    if (line.startsWith("    ") || line.startsWith("|")) {
      return line;
    }
    String indent = line.startsWith("- ") ? "  " : "";
    StringBuilder wrapped = new StringBuilder();
    int column = 0;
    for (String word : words(line)) {
      if (column > 0 && column + 1 + word.length() > WIDTH && !MARK.matcher(word).matches()) {
        wrapped.append('\n').append(indent);
        column = indent.length();
      } else if (column > 0) {
        wrapped.append(' ');
        column++;
      }
      wrapped.append(word);
      column += word.length();
    }
    return wrapped.toString();
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    while (word.find()) {
      words.add(word.group());
    }
    return words;
  }
}

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

  /** A word that would make a list, a heading or a quotation of the line that it begins. */
  private static final Pattern MARK = Pattern.compile("[-+*=#>].*|[0-9]+[.)]");

  /** What stands before the first word: blanks, and the mark of an item. */
  private static final Pattern START = Pattern.compile(" *(- )?");

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
    Matcher start = START.matcher(line);
    String mark = start.lookingAt() ? start.group() : "";
    String indent = " ".repeat(mark.length());
    StringBuilder wrapped = new StringBuilder(mark);
    int column = mark.length();
    for (String word : words(line.substring(mark.length()))) {
      int length = word.codePointCount(0, word.length());
      if (column > indent.length() && column + 1 + length > WIDTH) {
        wrapped.append('\n').append(indent);
        column = indent.length();
      } else if (column > indent.length()) {
        wrapped.append(' ');
        column++;
      }
      wrapped.append(word);
      column += length;
    }
    return wrapped.toString();
  }

  /** The words of a text, each with those behind it that must begin no line. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      if (MARK.matcher(word.group()).matches() && !words.isEmpty()) {
        words.add(words.remove(words.size() - 1) + " " + word.group());
      } else {
        words.add(word.group());
      }
    }
    return words;
  }
}

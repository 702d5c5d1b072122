package dev.convoy.tensor;

/**
 * Text as a terminal may show it. Names and messages that come from files can hold characters that
 * command a terminal, turn the direction of writing, or begin a line of their own: each of these
 * but the tab becomes its escape as in Java, {@code \}{@code u001b}.
 */
public final class Visible {
  private Visible() {}

  /** Returns the text in one line that does nothing but show. */
  public static String line(String text) {
    if (text.chars().noneMatch(c -> isHidden((char) c))) {
      return text;
    }
    StringBuilder visible = new StringBuilder();
    for (char c : text.toCharArray()) {
      if (isHidden(c)) {
        visible.append(String.format("\\u%04x", (int) c));
      } else {
        visible.append(c);
      }
    }
    return visible.toString();
  }

  /** Whether a character is a control, C1 ones among them, a mark of direction, or a line's end. */
  private static boolean isHidden(char c) {
    return Character.isISOControl(c) && c != '\t'
        || c == '\u061c'
        || (c >= '\u200e' && c <= '\u200f')
        || (c >= '\u2028' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069');
  }
}

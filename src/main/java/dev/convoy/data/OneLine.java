package dev.convoy.data;

/** Shows texts from files in errors, which are one line of bounded length. */
final class OneLine {
  private static final int SHOWN = 80;

  private OneLine() {}

  static String of(String text) {
    String part = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    return part.replaceAll("\\p{Cntrl}+", " ");
  }
}

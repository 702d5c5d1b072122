package dev.convoy.image.container;

/** Brings what stands in a file into a message. */
final class Printable {
  private Printable() {}

  /** The same with question marks for whatever is no plain letter, digit or sign. */
  static String of(String text) {
    return text.replaceAll("[^ -~]", "?");
  }
}

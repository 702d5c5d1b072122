package dev.convoy.docs;

import java.util.List;
import java.util.Locale;

/** The names by which links reach the headings of a Markdown page, as GitHub makes them. */
final class Anchors {
  private Anchors() {}

  /** As in {@code data-sources} for {@code Data sources}. */
  static String of(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }

  /** Those of all headings of a page, in their order. */
  static List<String> all(String page) {
    return page.lines()
        .filter(line -> line.matches("#+ .*"))
        .map(line -> of(line.replaceFirst("#+ ", "")))
        .toList();
  }
}

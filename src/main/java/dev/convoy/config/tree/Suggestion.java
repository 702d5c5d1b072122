package dev.convoy.config.tree;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was meant by a misspelt one. */
public final class Suggestion {
  /** Words are compared this far, so that a hostile one costs no time. */
  private static final int COMPARED = 60;

  private Suggestion() {}

  /**
   * Suggests the nearest allowed word, as in {@code "; did you mean batchSize?"}; the text is empty
   * if none is near. Near is a third of the word's letters in edits, two at least; upper and lower
   * case count as the same.
   */
  public static String of(String word, Collection<String> allowed) {
    String found = word.length() > COMPARED ? word.substring(0, COMPARED) : word;
    Optional<String> nearest =
        allowed.stream().min(Comparator.comparingInt((String other) -> distance(found, other)));
    int limit = Math.max(2, found.length() / 3);
    return nearest
        .filter(other -> distance(found, other) <= Math.min(limit, other.length() - 1))
        .map(other -> "; did you mean " + other + "?")
        .orElse("");
  }

  /**
   * The least number of letters put in, left out, replaced or swapped with their neighbour that
   * turns one word into the other. Source: Damerau 1964, in its restricted form.
   */
  static int distance(String one, String two) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = two.toLowerCase(Locale.ROOT);
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int replaced = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(edits[i - 1][j], edits[i][j - 1]) + 1;
        least = Math.min(least, edits[i - 1][j - 1] + replaced);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        edits[i][j] = swapped ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
      }
    }
    return edits[a.length()][b.length()];
  }
}

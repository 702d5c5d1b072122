package dev.convoy.data;

import dev.convoy.image.DataException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a list of pictures, or the keys of its objects, that give a picture's path and its
 * label. {@code path} and {@code label} themselves go before all others; else the one name counts
 * that is among {@link #PATHS} or {@link #LABELS}, in capital or small letters.
 *
 * @param path name of the column of paths; absent if there is none
 * @param label name of the column of labels; absent if there is none
 */
record ListColumns(@Nullable String path, @Nullable String label) {
  static final List<String> PATHS = List.of("path", "file_name", "filename", "file", "image");
  static final List<String> LABELS = List.of("label", "class");

  /**
   * Finds them.
   *
   * @param where the names stand, for errors
   * @param labelled whether labels are wanted
   * @throws DataException if it can't be told which of several is meant
   */
  static ListColumns of(String where, Collection<String> names, boolean labelled) {
    return new ListColumns(one(where, names, PATHS), labelled ? one(where, names, LABELS) : null);
  }

  private static @Nullable String one(String where, Collection<String> names, List<String> known) {
    List<String> exact = names.stream().filter(known.get(0)::equals).toList();
    List<String> all =
        exact.isEmpty()
            ? names.stream().filter(name -> known.contains(plain(name))).toList()
            : exact;
    if (all.size() > 1) {
      throw new DataException(
          where
              + ": must have one "
              + known.get(0)
              + " a picture, but has "
              + OneLine.of(String.join(" and ", all)));
    }
    return all.isEmpty() ? null : all.get(0);
  }

  private static String plain(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  /** Tells whether nothing is missing. */
  boolean suffice(boolean labelled) {
    return path != null && (label != null || !labelled);
  }

  /**
   * Refuses names among which one is missing.
   *
   * @param what the names are of, for errors
   */
  void check(String where, Collection<String> names, String what, boolean labelled) {
    if (!suffice(labelled)) {
      boolean noPath = path == null;
      List<String> shown = new ArrayList<>(names);
      throw new DataException(
          where
              + ": must have a "
              + (noPath ? PATHS : LABELS).get(0)
              + " a picture ("
              + String.join(", ", noPath ? PATHS : LABELS)
              + "), but has "
              + (shown.isEmpty() ? "no " + what : what + " " + OneLine.of(String.join(", ", shown)))
              + " alone");
    }
  }
}

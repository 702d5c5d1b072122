package dev.convoy.data;

import dev.convoy.image.DataException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a list of pictures, or the keys of its objects, that give a picture's path and
 * what is known of it. {@code path} and {@code label} themselves go before all others; else the one
 * name counts that is among {@link #PATHS} or {@link #LABELS}, in capital or small letters. A label
 * that has a name of its own is found by that name alone, and so are all other columns.
 *
 * @param path name of the column of paths; absent if there is none
 * @param label name of the column of labels; absent if there is none, or none is wanted
 * @param missing the first column that is wanted by its name and not there; absent if all are
 */
record ListColumns(@Nullable String path, @Nullable String label, @Nullable String missing) {
  static final List<String> PATHS = List.of("path", "file_name", "filename", "file", "image");
  static final List<String> LABELS = List.of("label", "class");

  /**
   * Finds them.
   *
   * @param where the names stand, for errors
   * @param wanted what else is; absent where paths alone are
   * @throws DataException if it can't be told which of several is meant
   */
  static ListColumns of(String where, Collection<String> names, @Nullable TargetColumns wanted) {
    String path = one(where, names, PATHS);
    if (wanted == null) {
      return new ListColumns(path, null, null);
    }
    String label = wanted.label();
    if (findsLabel(wanted)) {
      label = one(where, names, LABELS);
    }
    String missing = wanted.all().stream().filter(n -> !names.contains(n)).findFirst().orElse(null);
    return new ListColumns(path, label, missing);
  }

  /** Whether the label has no name of its own. */
  private static boolean findsLabel(TargetColumns wanted) {
    return wanted.label() == null && !wanted.areVectors();
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
  boolean suffice(@Nullable TargetColumns wanted) {
    return path != null
        && missing == null
        && (wanted == null || !findsLabel(wanted) || label != null);
  }

  /**
   * Refuses names among which one is missing.
   *
   * @param what the names are of, for errors
   */
  void check(String where, Collection<String> names, String what, @Nullable TargetColumns wanted) {
    if (suffice(wanted)) {
      return;
    }
    List<String> known = path == null ? PATHS : LABELS;
    String rule =
        path == null || wanted == null || missing == null
            ? "a " + known.get(0) + " a picture (" + String.join(", ", known) + ")"
            : "what " + wanted.key(missing) + " names, " + missing;
    List<String> shown = new ArrayList<>(names);
    throw new DataException(
        where
            + ": must have "
            + rule
            + ", but has "
            + (shown.isEmpty() ? "no " + what : what + " " + OneLine.of(String.join(", ", shown)))
            + " alone");
  }
}

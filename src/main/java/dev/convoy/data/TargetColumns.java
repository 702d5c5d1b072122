package dev.convoy.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names the columns of a table, or the keys of a list, that tell what is known of an image: its
 * class, or a target vector, of several columns or of one; and its weight.
 *
 * @param label the column of classes; absent where there are vectors, or where a format finds it
 * @param labels the columns of a vector whose values tell whether an image has a label; none
 *     otherwise
 * @param target the columns of a vector of numbers, or the one that holds a number or an array;
 *     none otherwise
 * @param weight the column of weights; absent where each image weighs 1
 */
public record TargetColumns(
    @Nullable String label, List<String> labels, List<String> target, @Nullable String weight)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** Columns of classes that a format finds by itself. */
  public static final TargetColumns CLASSES = new TargetColumns(null, List.of(), List.of(), null);

  public TargetColumns {
    labels = List.copyOf(labels);
    target = List.copyOf(target);
  }

  /**
   * Columns as a data source names them, each absent where it names none.
   *
   * @param owner simple name of the source's class, for errors
   * @throws IllegalArgumentException if more than one of {@code label}, {@code labels} and {@code
   *     target} is given, or names are blank, or two are the same
   */
  public static TargetColumns of(
      String owner,
      @Nullable String label,
      @Nullable List<String> labels,
      @Nullable List<String> target,
      @Nullable String weight) {
    if (label != null && labels != null) {
      throw excluded(owner, "labels", "label", label, labels);
    } else if (label != null && target != null) {
      throw excluded(owner, "target", "label", label, target);
    } else if (labels != null && target != null) {
      throw excluded(owner, "target", "labels", labels, target);
    }
    checkNames(owner, "label", label == null ? null : List.of(label));
    checkNames(owner, "labels", labels);
    checkNames(owner, "target", target);
    checkNames(owner, "weight", weight == null ? null : List.of(weight));
    TargetColumns columns =
        new TargetColumns(
            label,
            labels == null ? List.of() : labels,
            target == null ? List.of() : target,
            weight);
    if (weight != null && (weight.equals(label) || columns.vector().contains(weight))) {
      throw new IllegalArgumentException(
          owner + ".weight must be another column than those of the target, but is " + weight);
    }
    return columns;
  }

  private static IllegalArgumentException excluded(
      String owner, String key, String other, Object given, Object found) {
    return new IllegalArgumentException(
        String.format(
            "%s.%s must be absent where %s is given, as an image has a class, several labels or a"
                + " target, but they are %s and %s",
            owner, key, other, found, given));
  }

  private static void checkNames(String owner, String key, @Nullable List<String> names) {
    if (names == null) {
      return;
    }
    boolean differ = new HashSet<>(names).size() == names.size();
    if (names.isEmpty() || !differ || names.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          owner
              + "."
              + key
              + " must name columns, each once, none of them blank, but was "
              + names);
    }
  }

  /** Whether images have target vectors, rather than classes. */
  public boolean areVectors() {
    return !vector().isEmpty();
  }

  /** The columns of the target vector; none where images have classes. */
  public List<String> vector() {
    return labels.isEmpty() ? target : labels;
  }

  /** The columns beside that of classes, as {@link ColumnTargets} takes their values. */
  public List<String> values() {
    List<String> columns = new ArrayList<>(vector());
    if (weight != null) {
      columns.add(weight);
    }
    return columns;
  }

  /** All columns: that of classes first, if one is named. */
  public List<String> all() {
    List<String> columns = new ArrayList<>(values());
    if (label != null) {
      columns.add(0, label);
    }
    return columns;
  }

  /** The same where another place than a column tells classes. */
  public TargetColumns withoutLabel() {
    return new TargetColumns(null, labels, target, weight);
  }

  /** The key of a data source that names a column, as errors say it. */
  public String key(String column) {
    if (column.equals(weight)) {
      return "weight";
    } else if (column.equals(label)) {
      return "label";
    }
    return labels.isEmpty() ? "target" : "labels";
  }

  /**
   * Returns the names that the columns give a network's outputs; absent if they give none, as a
   * column of arrays does.
   */
  public @Nullable List<String> outputNames(int outputs) {
    boolean each = !labels.isEmpty() || target.size() > 1 || target.size() == outputs;
    return areVectors() && each ? vector() : null;
  }
}

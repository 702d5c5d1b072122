package dev.convoy.data;

import dev.convoy.image.DataException;
import dev.convoy.image.Target;
import dev.convoy.loss.Loss;
import dev.convoy.loss.Task;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the targets of images of what columns hold, whatever the table: values are numbers, {@code
 * Boolean}s, texts, lists of numbers, or absent.
 */
public final class ColumnTargets implements Serializable {
  private static final long serialVersionUID = 1;

  private final TargetColumns columns;
  private final ClassLabels classes;

  /** Absent where numbers are those of the wanted classes. */
  private final @Nullable ClassLabels own;

  private final Loss loss;

  private ColumnTargets(
      TargetColumns columns, ClassLabels classes, @Nullable ClassLabels own, Loss loss) {
    this.columns = columns;
    this.classes = classes;
    this.own = own;
    this.loss = loss;
  }

  /**
   * Returns what makes targets for a network.
   *
   * @param who has the columns, for errors
   * @param classes one an output
   * @param loss that compares outputs with targets
   * @throws DataException if the loss takes no vectors where these are some, or none of as many
   *     values as there are columns
   */
  public static ColumnTargets of(
      String who, TargetColumns columns, ClassLabels classes, Loss loss) {
    int width = columns.vector().size();
    boolean fixed = !columns.labels().isEmpty() || width > 1;
    if (columns.areVectors() && loss.vectorTask() == Task.CLASSIFICATION) {
      throw new DataException(
          String.format(
              "%s: label must name a column of classes for %s, but %s names %s; binaryCrossEntropy"
                  + " takes several labels an image, meanSquaredError, meanAbsoluteError and huber"
                  + " take numbers",
              who,
              loss.kind(),
              columns.key(columns.vector().get(0)),
              OneLine.of(String.join(", ", columns.vector()))));
    } else if (fixed && width != classes.size()) {
      throw new DataException(
          String.format(
              "%s: %s must name as many columns as the network has outputs, %d, but names %d",
              who, columns.key(columns.vector().get(0)), classes.size(), width));
    }
    return new ColumnTargets(columns, classes, null, loss);
  }

  /**
   * Returns the same for a table that names its classes itself: a number in its column of classes
   * is one of these, which may have another number among those that are wanted.
   *
   * @param names of the table's classes. Where not one of them is that of a class that is wanted,
   *     these are new names, in the same order.
   */
  public ColumnTargets withNames(List<String> names) {
    boolean renamed = names.stream().noneMatch(classes::has);
    return new ColumnTargets(columns, classes, renamed ? null : new ClassLabels(names), loss);
  }

  /** The columns of whose values targets are made. */
  public TargetColumns columns() {
    return columns;
  }

  /**
   * Returns the target of an image.
   *
   * @param label what the column of classes holds; absent too where images have vectors
   * @param values of {@link TargetColumns#values}, in their order
   * @param who has them, for errors
   * @throws DataException if one is absent, or not what it must be
   */
  public Target target(
      @Nullable Object label, List<? extends @Nullable Object> values, String who) {
    return columns.areVectors() ? vector(values, who) : ofClass(number(label, who), values, who);
  }

  /**
   * Returns the target of an image whose class is known.
   *
   * @param values of {@link TargetColumns#values}, in their order
   */
  public Target ofClass(int number, List<? extends @Nullable Object> values, String who) {
    return weighed(Target.ofClass(number), values, who);
  }

  private Target weighed(Target target, List<? extends @Nullable Object> values, String who) {
    String weight = columns.weight();
    if (weight == null) {
      return target;
    }
    Object value = present(values.get(columns.vector().size()), weight, who);
    if (!(value instanceof Number number)
        || !(number.floatValue() >= 0)
        || Float.isInfinite(number.floatValue())) {
      throw refused(who, weight, "a finite number of at least 0", value);
    }
    return target.weighing(number.floatValue());
  }

  /** A text is a class's name; a whole number is a class's number. */
  private int number(@Nullable Object label, String who) {
    if (label == null) {
      throw new DataException(who + ": must have a label, but has none");
    } else if (label instanceof Number number) {
      return number(number, who);
    }
    return classes.number(label.toString(), who);
  }

  private int number(Number label, String who) {
    if (label.doubleValue() != Math.rint(label.doubleValue())) {
      throw new DataException(
          who + ": labels must be texts or whole numbers, but this is " + label);
    } else if (own == null) {
      return classes.number(label.longValue(), who);
    }
    return classes.number(own.names().get(own.number(label.longValue(), who)), who);
  }

  private Target vector(List<? extends @Nullable Object> values, String who) {
    List<String> names = columns.vector();
    if (names.size() == 1 && values.get(0) instanceof List<?> array) {
      float[] vector = new float[array.size()];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = value(array.get(i), names.get(0), who);
      }
      return weighed(sized(vector, who), values, who);
    }
    float[] vector = new float[names.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = value(values.get(i), names.get(i), who);
    }
    return weighed(sized(vector, who), values, who);
  }

  private Target sized(float[] vector, String who) {
    if (vector.length != classes.size()) {
      throw new DataException(
          String.format(
              "%s: target vectors must have as many values as the network has outputs, %d, but"
                  + " column %s has %d",
              who, classes.size(), columns.vector().get(0), vector.length));
    }
    return Target.ofValues(vector);
  }

  private float value(@Nullable Object found, String column, String who) {
    Object value = present(found, column, who);
    boolean areLabels = !columns.labels().isEmpty();
    if (areLabels && value instanceof Boolean has) {
      return has ? 1 : 0;
    }
    boolean bounded = areLabels || loss.vectorTask() == Task.MULTI_LABEL;
    float number = value instanceof Number n ? n.floatValue() : Float.NaN;
    if (!Float.isFinite(number) || bounded && !(number >= 0 && number <= 1)) {
      String rule =
          areLabels
              ? "true, false, or a number from 0 to 1"
              : bounded ? "a number from 0 to 1 for " + loss.kind() : "a finite number";
      throw refused(who, column, rule, value);
    }
    return number;
  }

  private static Object present(@Nullable Object value, String column, String who) {
    if (value == null) {
      throw new DataException(who + ": must have a value of " + column + ", but has none");
    }
    return value;
  }

  private static DataException refused(String who, String column, String rule, Object value) {
    return new DataException(
        who + ": " + column + " must be " + rule + ", but is " + OneLine.of(value.toString()));
  }
}

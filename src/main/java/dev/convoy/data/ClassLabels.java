package dev.convoy.data;

import dev.convoy.image.DataException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The classes of a data set: makes numbers of what labels say. Where labels are not wanted, there
 * are none of these.
 */
public final class ClassLabels implements Serializable {
  private static final long serialVersionUID = 1;

  /** Names that an error shows. */
  private static final int SHOWN = 12;

  private final boolean named;
  private final List<String> names;
  private final Map<String, Integer> numbers = new HashMap<>();

  /** Classes of these names, which differ, in the order of their numbers. */
  public ClassLabels(List<String> names) {
    this(names, true);
  }

  /** So many classes, whose numbers are their names. */
  public static ClassLabels numbers(int classes) {
    return new ClassLabels(IntStream.range(0, classes).mapToObj(Integer::toString).toList(), false);
  }

  private ClassLabels(List<String> names, boolean named) {
    this.named = named;
    this.names = List.copyOf(names);
    for (int i = 0; i < names.size(); i++) {
      numbers.put(names.get(i), i);
    }
  }

  /** The names, in the order of their numbers. */
  public List<String> names() {
    return names;
  }

  /** Returns how many classes there are. */
  public int size() {
    return names.size();
  }

  /**
   * The class of this number.
   *
   * @param who has it, for errors
   * @throws DataException if there is none
   */
  public int number(long label, String who) {
    if (label < 0 || label >= names.size()) {
      throw new DataException(
          who
              + ": labels must be from 0 to "
              + (names.size() - 1)
              + ", as there are classes, but this is "
              + label);
    }
    return (int) label;
  }

  /**
   * The class of this name, or, should there be none, of this number.
   *
   * @param who has it, for errors
   * @throws DataException if there is none
   */
  public int number(String label, String who) {
    Integer number = numbers.get(label);
    if (number == null && label.matches("\\d{1,9}")) {
      return number(Long.parseLong(label), who);
    } else if (number == null) {
      String all = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
      throw new DataException(
          who
              + ": labels must be one of "
              + all
              + (names.size() > SHOWN ? ", ..." : "")
              + ", but this is '"
              + OneLine.of(label)
              + "'"
              + (named ? "" : "; data.classes gives classes their names"));
    }
    return number;
  }
}

package dev.convoy.data;

import dev.convoy.image.DataException;
import dev.convoy.tensor.Check;
import java.io.Serializable;
import java.text.Normalizer;
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

  /** Whole numbers that an {@code int} holds. */
  private static final String WHOLE = "\\d{1,9}";

  private final List<String> names;
  private final Map<String, Integer> numbers = new HashMap<>();

  /** Whether each class is called by its number. */
  private final boolean numbered;

  /** Whether some class's name is a whole number, be it that of another class. */
  private final boolean digits;

  /**
   * Classes of these names, in the order of their numbers.
   *
   * @throws DataException if two names are one, composed and decomposed letters being the same
   */
  public ClassLabels(List<String> names) {
    this.names = List.copyOf(names);
    for (int i = 0; i < names.size(); i++) {
      Integer other = numbers.put(composed(names.get(i)), i);
      if (other != null) {
        throw new DataException(
            "The names of classes must differ, but classes "
                + other
                + " and "
                + i
                + " are both called "
                + OneLine.of(names.get(i)));
      }
    }
    numbered =
        IntStream.range(0, names.size()).allMatch(i -> names.get(i).equals(Integer.toString(i)));
    digits = names.stream().anyMatch(name -> name.matches(WHOLE));
  }

  /** So many classes, whose numbers are their names. */
  public static ClassLabels numbers(int classes) {
    return new ClassLabels(IntStream.range(0, classes).mapToObj(Integer::toString).toList());
  }

  /**
   * The name with letters and their accents put together (Unicode's form NFC), as most systems
   * write names: folders that come from a Mac have them apart.
   */
  static String composed(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  /** The names, in the order of their numbers. */
  public List<String> names() {
    return names;
  }

  /** Tells whether a class has this name. */
  public boolean has(String name) {
    return numbers.containsKey(composed(name));
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
   * The class of this name. Where classes are called by their numbers, {@code 007} is 7; a number
   * is never taken for the place of a class that has another name.
   *
   * @param who has it, for errors
   * @throws DataException if there is none
   */
  public int number(String label, String who) {
    Integer number = numbers.get(composed(label));
    if (number == null && numbered && label.matches(WHOLE)) {
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
              + (numbered ? "; data.classes gives classes their names" : ""));
    }
    return number;
  }

  /**
   * The class of a picture. A label that its list gives as a number, rather than as a text, is a
   * class's number where no class is named by a number, and a name like any other where one is.
   *
   * @param who has it, for errors
   * @throws DataException if there is none
   */
  public int number(PictureEntry entry, String who) {
    String label = Check.present(entry.label(), who);
    return entry.isNumber() && !digits && label.matches(WHOLE)
        ? number(Long.parseLong(label), who)
        : number(label, who);
  }
}

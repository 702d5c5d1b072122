package dev.convoy.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says what is remarkable about how many images each class has. */
public final class ClassBalance {
  /**
   * The ratio of the largest class to the smallest from which on training suffers without a remedy.
   */
  private static final int UNEQUAL = 10;

  /** Names that a sentence lists. */
  private static final int SHOWN = 10;

  private ClassBalance() {}

  /**
   * Weights by which all classes that have images count alike: the mean number of images of these,
   * divided by that of the class; 1 for a class that has none.
   *
   * @param perClass images of each class
   */
  public static float[] weights(List<Integer> perClass) {
    long all = perClass.stream().mapToLong(count -> count).sum();
    long present = perClass.stream().filter(count -> count > 0).count();
    float[] weights = new float[perClass.size()];
    for (int c = 0; c < weights.length; c++) {
      int count = perClass.get(c);
      weights[c] = count == 0 ? 1 : (float) (all / ((double) present * count));
    }
    return weights;
  }

  /**
   * Sentences, none where all is well.
   *
   * @param what the data are: "training" or "test"
   * @param perClass images of each class
   * @param names of the classes
   */
  public static List<String> remarks(String what, List<Integer> perClass, List<String> names) {
    List<String> empty = new ArrayList<>();
    int least = -1;
    int most = -1;
    for (int c = 0; c < perClass.size(); c++) {
      int count = perClass.get(c);
      if (count == 0) {
        empty.add(names.get(c));
        continue;
      }
      least = least < 0 || count < perClass.get(least) ? c : least;
      most = most < 0 || count > perClass.get(most) ? c : most;
    }
    List<String> remarks = new ArrayList<>();
    if (most < 0) {
      return remarks; // vectors, which are of no class
    }
    if (empty.size() == perClass.size() - 1) {
      remarks.add("All " + what + " images are of one class, " + names.get(most) + ".");
    } else if (!empty.isEmpty()) {
      String first = String.join(", ", empty.subList(0, Math.min(SHOWN, empty.size())));
      String rest = empty.size() > SHOWN ? " and " + (empty.size() - SHOWN) + " more" : "";
      remarks.add("No " + what + " image is of class " + first + rest + ".");
    }
    if (perClass.get(most) >= (long) UNEQUAL * perClass.get(least)) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "Classes are very unequal among %s images: %s has %,d, %s has %,d.",
              what,
              names.get(most),
              perClass.get(most),
              names.get(least),
              perClass.get(least)));
    }
    return remarks;
  }
}

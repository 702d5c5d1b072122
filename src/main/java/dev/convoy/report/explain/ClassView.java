package dev.convoy.report.explain;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A class and how likely the model finds it.
 *
 * @param number of the class
 * @param name of the class
 * @param probability in {@code [0, 1]}
 * @param percent the same to be read
 * @param predicted whether it is the most likely one
 * @param target whether its loss goes back
 */
record ClassView(
    int number, String name, float probability, String percent, boolean predicted, boolean target) {
  /** The most classes that are shown; of more, the most likely ones are. */
  static final int MOST = 20;

  /** All classes in their order, or the most likely ones of many. */
  static List<ClassView> of(Trace trace, List<String> names) {
    List<ClassView> all =
        IntStream.range(0, names.size()).mapToObj(c -> of(trace, names, c)).toList();
    if (all.size() <= MOST) {
      return all;
    }
    return all.stream()
        .sorted(
            Comparator.comparing(ClassView::probability)
                .reversed()
                .thenComparing(ClassView::number))
        .limit(MOST)
        .toList();
  }

  static ClassView of(Trace trace, List<String> names, int number) {
    float probability = trace.probabilities()[number];
    return new ClassView(
        number,
        names.get(number),
        probability,
        String.format(Locale.ROOT, "%.2f%%", 100 * probability),
        number == trace.predicted(),
        number == trace.target());
  }
}

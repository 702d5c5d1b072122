package dev.convoy.run;

import dev.convoy.train.score.Evaluation;
import java.util.ArrayList;
import java.util.List;

/** Notes on what an evaluation shows that accuracy hides. */
final class EvaluationNotes {
  /** Names that a sentence lists. */
  private static final int SHOWN = 10;

  private EvaluationNotes() {}

  /**
   * Returns a sentence for each.
   *
   * @param names of the classes, one an output
   */
  static List<String> of(Evaluation test, List<String> names) {
    boolean[] present = new boolean[names.size()];
    boolean[] predicted = new boolean[names.size()];
    for (int label : test.labels()) {
      present[label] = true;
    }
    for (int label : test.predictions()) {
      predicted[label] = true;
    }
    List<String> never = new ArrayList<>();
    for (int c = 0; c < present.length; c++) {
      if (present[c] && !predicted[c]) {
        never.add(names.get(c));
      }
    }
    if (never.isEmpty()) {
      return List.of();
    }
    String first = String.join(", ", never.subList(0, Math.min(SHOWN, never.size())));
    String rest = never.size() > SHOWN ? " and " + (never.size() - SHOWN) + " more" : "";
    return List.of(
        "Note: no test image is taken for "
            + first
            + rest
            + ", though there are some: the network has not learnt "
            + (never.size() == 1 ? "this class." : "these classes."));
  }
}

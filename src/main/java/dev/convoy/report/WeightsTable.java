package dev.convoy.report;

import dev.convoy.model.weights.LoadedWeights;
import dev.convoy.model.weights.LoadedWeights.Fate;
import dev.convoy.model.weights.LoadedWeights.Origin;
import dev.convoy.tensor.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a training starts from, in lines: how much was loaded, and a table of all tensors where not
 * all were loaded under their own names.
 */
public final class WeightsTable {
  private WeightsTable() {}

  /** Returns the lines. */
  public static List<String> lines(LoadedWeights loaded) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Starting from "
            + loaded.path()
            + ": "
            + count(loaded, Fate.LOADED)
            + " loaded"
            + more(loaded, Fate.FRESH, "fresh")
            + more(loaded, Fate.SKIPPED, "skipped")
            + ".");
    boolean plain =
        loaded.tensors().stream()
            .allMatch(
                tensor ->
                    tensor.fate() == Fate.LOADED && tensor.name().equals(tensor.nameInFile()));
    if (!plain) {
      TextTable table = new TextTable("<tensor", "values", "<what", "<in the file", "<because");
      for (Origin tensor : loaded.tensors()) {
        table.row(
            Visible.line(tensor.name()),
            Numbers.count(tensor.values()),
            tensor.fate().name().toLowerCase(Locale.ROOT),
            Visible.line(tensor.nameInFile()),
            Visible.line(tensor.reason()));
      }
      lines.addAll(table.lines());
    }
    return lines;
  }

  private static String more(LoadedWeights loaded, Fate fate, String what) {
    return loaded.count(fate) == 0 ? "" : ", " + count(loaded, fate) + " " + what;
  }

  private static String count(LoadedWeights loaded, Fate fate) {
    return String.format(
        Locale.ROOT, "%,d tensors (%,d values)", loaded.count(fate), loaded.values(fate));
  }
}

package dev.convoy.config;

import dev.convoy.config.binding.Binder;
import dev.convoy.config.binding.TreeWriter;
import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.config.tree.Tree.Scalar;
import dev.convoy.config.tree.Tree.Sequence;
import dev.convoy.train.fault.Rollback;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Tells in what a job differs from an earlier one, as far as the weights that come out depend on
 * it.
 */
public final class JobChanges {
  /**
   * Keys on which no bit of the weights depends. Epochs decide how long to train alone, unless the
   * schedule looks at them; of data the content counts, and not where it lies.
   */
  private static final List<String> FREE =
      List.of(
          "name",
          "output",
          "checkpoint",
          "distribution.reduction",
          "training.epochs",
          "data.train",
          "data.validation",
          "data.test",
          "data.classes",
          "data.onBadRecord",
          "data.cache");

  private static final String ABSENT = "none";

  private JobChanges() {}

  /**
   * A line a key that matters and differs, as in {@code training.batchSize 32 -> 64}, in
   * alphabetical order.
   *
   * @param before as {@link TreeWriter} wrote it at its time
   */
  public static List<String> between(Tree before, Job now) {
    Map<String, String> old = values(completed(before));
    Map<String, String> present = values(TreeWriter.write(now));
    Map<String, String> all = new TreeMap<>(old);
    all.putAll(present);
    List<String> changes = new ArrayList<>();
    for (String key : all.keySet()) {
      String from = old.getOrDefault(key, ABSENT);
      String to = present.getOrDefault(key, ABSENT);
      if (!Objects.equals(from, to) && matters(key, now)) {
        changes.add(key + " " + from + " -> " + to);
      }
    }
    return changes;
  }

  private static boolean matters(String key, Job now) {
    boolean goesBack = now.training().onNonFinite() instanceof Rollback;
    return (goesBack && key.equals("checkpoint.everyRounds"))
        || key.equals("data.validation.share")
        || FREE.stream().noneMatch(free -> isIn(key, free));
  }

  /** Keys that came later get the defaults by which the old job was run. */
  private static Tree completed(Tree before) {
    try {
      return TreeWriter.write(Binder.bind(before, Job.class));
    } catch (ConfigException e) {
      return before; // in a syntax of its time: it is compared as it stands
    }
  }

  private static boolean isIn(String key, String above) {
    return key.equals(above) || key.startsWith(above + ".") || key.startsWith(above + "[");
  }

  /** Every scalar by its path. */
  private static Map<String, String> values(Tree tree) {
    Map<String, String> values = new TreeMap<>();
    collect(tree, "", values);
    return values;
  }

  private static void collect(Tree tree, String path, Map<String, String> values) {
    if (tree instanceof Mapping mapping) {
      mapping
          .entries()
          .forEach((key, value) -> collect(value, path.isEmpty() ? key : path + "." + key, values));
    } else if (tree instanceof Sequence sequence) {
      for (int i = 0; i < sequence.items().size(); i++) {
        collect(sequence.items().get(i), path + "[" + i + "]", values);
      }
    } else {
      values.put(path, ((Scalar) tree).text());
    }
  }
}

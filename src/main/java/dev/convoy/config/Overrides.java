package dev.convoy.config;

import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Place;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.config.tree.Tree.Scalar;
import dev.convoy.config.tree.Tree.Sequence;
import dev.convoy.config.tree.YamlTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Changes to a tree that the command line asks for: {@code training.epochs=2}, {@code
 * network.layers[5].dropout.rate=0.3}, {@code training.optimizer={adam: {}}}. The value is YAML; a
 * list's items count from 0.
 */
public final class Overrides {
  /** A step of a path: a key, or an item's number in brackets or between dots. */
  private static final Pattern STEP = Pattern.compile("\\[(\\d{1,6})]|(?:^|\\.)([^.\\[\\]]+)");

  private final String option;
  private final List<String> steps;
  private final Tree value;

  private Overrides(String assignment) {
    option = "--set " + assignment;
    Place place = Place.option(option);
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw new ConfigException(place + ": needs KEY=VALUE, as in training.epochs=2");
    }
    steps = steps(assignment.substring(0, equals).strip(), place);
    value = YamlTree.of(assignment.substring(equals + 1), pathOf(place, steps));
  }

  /**
   * The tree with these changes, made in their order.
   *
   * @param assignments each as in {@code training.epochs=2}
   * @throws ConfigException if one is not of this form, or leads nowhere
   */
  public static Mapping apply(Mapping tree, List<String> assignments) {
    Mapping changed = tree;
    for (String assignment : assignments) {
      Overrides override = new Overrides(assignment);
      changed = (Mapping) override.set(changed, 0, Place.option(override.option));
    }
    return changed;
  }

  private Tree set(@Nullable Tree current, int step, Place place) {
    if (step == steps.size()) {
      return value;
    }
    String key = steps.get(step);
    Place next = next(place, current, key);
    if (current instanceof Sequence list) {
      List<Tree> items = new ArrayList<>(list.items());
      int index = index(list, key, place);
      items.set(index, set(items.get(index), step + 1, next));
      return new Sequence(list.place(), items);
    } else if (current instanceof Mapping mapping) {
      return mapping.with(key, set(mapping.entries().get(key), step + 1, next));
    } else if (current == null || current.isNull() || isKind(current, key)) {
      return new Mapping(place, Map.of(key, set(null, step + 1, next)));
    }
    throw ConfigException.at(place, "is " + current.shown() + ", which has no key '" + key + "'");
  }

  /** A layer or optimizer that the job gives by its kind's name alone can still get keys. */
  private static boolean isKind(Tree tree, String key) {
    return tree instanceof Scalar scalar && scalar.text().equals(key);
  }

  private static int index(Sequence list, String step, Place place) {
    int size = list.items().size();
    if (!step.matches("\\d{1,6}") || Integer.parseInt(step) >= size) {
      throw ConfigException.at(
          place, "has " + size + " items, counted from 0, but no item '" + step + "'");
    }
    return Integer.parseInt(step);
  }

  private static Place next(Place place, @Nullable Tree current, String step) {
    boolean item = current instanceof Sequence && step.matches("\\d{1,6}");
    return item ? place.item(Integer.parseInt(step), 0) : place.key(step, 0);
  }

  private static Place pathOf(Place place, List<String> steps) {
    Place path = place;
    for (String step : steps) {
      boolean item = step.matches("\\d{1,6}");
      path = item ? path.item(Integer.parseInt(step), 0) : path.key(step, 0);
    }
    return path;
  }

  private static List<String> steps(String path, Place place) {
    List<String> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(path);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      steps.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
      end = matcher.end();
    }
    if (end != path.length()) {
      throw new ConfigException(
          place + ": needs a key such as network.layers[0].conv2d.filters, but was '" + path + "'");
    }
    return steps;
  }
}

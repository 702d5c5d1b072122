package dev.convoy.config.binding;

import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Place;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.nn.NamedLayer;
import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Join;
import dev.convoy.nn.layer.Layer;
import dev.convoy.tensor.Check;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job's list of layers, in which two blocks stand for many layers: {@code repeat: {times: 3,
 * layers: [...]}} for the same layers one after the other, and {@code parallel: {join: add,
 * branches: [[...], []]}} for branches that all take the output of the layer before, joined by
 * {@code add}, {@code concat} or {@code multiply}; an empty branch passes it on as it is.
 *
 * <p>Names given inside a block get its name before them: {@code <name>.<inner>} in a parallel
 * block, {@code <name>.<number>.<inner>} in a repeated one; without a name of its own, a repeated
 * block adds the number to the inner name, {@code <inner>_<number>}. Inputs named inside a block
 * are looked for inside it first.
 */
final class LayerList {
  /** More are a slip, or an attack by blocks within blocks. */
  private static final int MAX_LAYERS = 10_000;

  private static final int MAX_TIMES = 1_000;
  private static final String REPEAT = "repeat";
  private static final String PARALLEL = "parallel";
  private static final String NAME = "name";

  private final Binder binder;
  private final List<ListedLayer> layers = new ArrayList<>();

  private LayerList(Binder binder) {
    this.binder = binder;
  }

  /** The layers that a list stands for, each with a name and with inputs where it needs them. */
  static List<ListedLayer> read(List<Tree> items, Binder binder) {
    LayerList list = new LayerList(binder);
    list.addAll(items, new Scope(null, "", ""), null);
    return list.layers;
  }

  /**
   * Names as they are known within a block.
   *
   * @param outer where other names are looked for; absent around all
   * @param known full names by those given here
   */
  private record Scope(
      @Nullable Scope outer, String prefix, String suffix, Map<String, String> known) {
    Scope(@Nullable Scope outer, String prefix, String suffix) {
      this(outer, prefix, suffix, new HashMap<>());
    }

    Scope inner(String prefix, String suffix) {
      return new Scope(this, this.prefix + prefix, suffix + this.suffix);
    }

    String define(String name) {
      String full = prefix + name + suffix;
      known.put(name, full);
      return full;
    }

    String find(String name) {
      for (Scope scope = this; scope != null; scope = scope.outer) {
        if (scope.known.containsKey(name)) {
          return scope.known.get(name);
        }
      }
      return name;
    }
  }

  /**
   * Adds the layers of a list.
   *
   * @param first what the first takes; absent for the layer before
   */
  private void addAll(List<Tree> items, Scope scope, @Nullable String first) {
    String input = first;
    for (Tree item : items) {
      add(item, scope, input);
      input = null;
    }
  }

  private void add(Tree item, Scope scope, @Nullable String input) {
    Mapping repeat = block(item, REPEAT);
    Mapping parallel = block(item, PARALLEL);
    if (repeat != null) {
      addRepeat(repeat, scope, input);
    } else if (parallel != null) {
      addParallel(parallel, scope, input);
    } else {
      addLayer((NamedLayer) binder.value(item, NamedLayer.class), item.place(), scope, input);
    }
  }

  /** The keys of a block of this kind; absent if this is none. */
  private static @Nullable Mapping block(Tree item, String kind) {
    return item instanceof Mapping outer
            && outer.entries().size() == 1
            && outer.get(kind) instanceof Mapping keys
        ? keys
        : null;
  }

  private void addLayer(NamedLayer named, Place place, Scope scope, @Nullable String input) {
    if (layers.size() == MAX_LAYERS) {
      throw ConfigException.at(
          place, "is beyond the " + MAX_LAYERS + " layers that a network may have");
    }
    List<String> inputs = named.inputs();
    if (inputs != null) {
      inputs = inputs.stream().map(scope::find).toList();
    } else if (input != null) {
      inputs = List.of(input);
    }
    Layer layer = named.layer();
    String name =
        named.name() == null
            ? layer.kind() + "_" + (layers.size() + 1)
            : scope.define(named.name());
    if (name.length() > NamedLayerSyntax.MAX_NAME) {
      throw ConfigException.at(
          place,
          "is named '"
              + name.substring(0, 40)
              + "...' by the blocks around it: more than "
              + NamedLayerSyntax.MAX_NAME
              + " characters");
    }
    layers.add(new ListedLayer(new NamedLayer(name, inputs, layer), place));
  }

  private void addRepeat(Mapping keys, Scope scope, @Nullable String input) {
    Repeat repeat = (Repeat) binder.record(keys, Repeat.class);
    List<Tree> items = Binder.sequence(repeat.layers(), "of layers").items();
    if (repeat.times() > MAX_TIMES) {
      throw ConfigException.at(
          Check.present(keys.get("times"), "Repeat.times").place(),
          "must be at most " + MAX_TIMES + ", but was " + repeat.times());
    }
    if (items.isEmpty()) {
      // Nothing times nothing, many blocks deep, would take its turns all the same.
      throw ConfigException.at(
          repeat.layers().place(), "needs a layer or more to repeat, but has none");
    }
    String name = name(keys);
    String first = input;
    for (int i = 1; i <= repeat.times(); i++) {
      Scope inner = name == null ? scope.inner("", "_" + i) : scope.inner(name + "." + i + ".", "");
      addAll(items, inner, first);
      first = null;
    }
  }

  private void addParallel(Mapping keys, Scope scope, @Nullable String input) {
    Parallel parallel = (Parallel) binder.record(keys, Parallel.class);
    List<Tree> branches = Binder.sequence(parallel.branches(), "of branches").items();
    if (branches.size() < 2) {
      throw ConfigException.at(
          parallel.branches().place(), "needs two branches or more, but has " + branches.size());
    }
    String from = input == null ? last() : input;
    String name = name(keys);
    Scope inner = scope.inner(name == null ? "" : name + ".", "");
    List<String> ends = new ArrayList<>();
    for (Tree branch : branches) {
      List<Tree> items = Binder.sequence(branch, "of layers").items();
      int before = layers.size();
      addAll(items, inner, from);
      ends.add(layers.size() == before ? from : last());
    }
    Layer join = (Layer) binder.kind(parallel.join(), Join.class);
    NamedLayer joined = new NamedLayer(name, null, join);
    addJoin(joined, ends, keys.place(), scope);
  }

  private void addJoin(NamedLayer join, List<String> ends, Place place, Scope scope) {
    int at = layers.size();
    addLayer(join, place, scope, null);
    NamedLayer named = layers.get(at).layer();
    layers.set(at, new ListedLayer(new NamedLayer(named.name(), ends, named.layer()), place));
  }

  /** The name of the layer before. */
  private String last() {
    return layers.isEmpty()
        ? Network.INPUT
        : Check.present(layers.get(layers.size() - 1).layer().name(), "NamedLayer.name");
  }

  private @Nullable String name(Mapping keys) {
    Tree name = keys.get(NAME);
    return name == null ? null : NamedLayerSyntax.name(name, binder);
  }

  /**
   * The keys of {@code repeat}.
   *
   * @param name before the names inside; absent for none
   * @param times how often, at least 1
   * @param layers of one time
   */
  record Repeat(@Nullable String name, int times, Tree layers) {
    Repeat {
      Check.positive(times, "Repeat.times");
      Check.present(layers, "Repeat.layers");
    }
  }

  /**
   * The keys of {@code parallel}.
   *
   * @param name of the join, and before the names inside; absent for none
   * @param join {@code add}, {@code concat} or {@code multiply}
   * @param branches lists of layers
   */
  record Parallel(@Nullable String name, Tree join, Tree branches) {
    Parallel {
      Check.present(join, "Parallel.join");
      Check.present(branches, "Parallel.branches");
    }
  }
}

package dev.convoy.config.binding;

import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Names;
import dev.convoy.config.tree.Place;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.config.tree.Tree.Scalar;
import dev.convoy.config.tree.Tree.Sequence;
import dev.convoy.nn.layer.Layer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes out a job's layers: keys {@code norm} and {@code activation} of a convolution or a dense
 * layer as layers that follow it, {@code residual} as a parallel block, {@code use} as the layers
 * of a named block, keys that {@code network.defaults} gives to a kind, and {@code classes} as
 * their number. What comes out are layers as {@link LayerList} reads them.
 */
final class ShortLayers {
  /** Blocks within blocks: more are a slip, or an attack. */
  private static final int MAX_DEPTH = 16;

  /** Written out; what {@link LayerList} allows is less than that. */
  private static final int MAX_ITEMS = 20_000;

  private static final Set<String> FOLLOWED = Set.of("conv2d", "convTranspose2d", "dense");
  private static final Set<String> COUNTED = Set.of("units", "filters");
  private static final String CLASSES = "classes";
  private static final String NAME = "name";
  private static final String NORM = "norm";
  private static final String ACTIVATION = "activation";
  private static final String LAYERS = "layers";
  private static final String BRANCHES = "branches";
  private static final String SHORTCUT = "shortcut";
  private static final String USE = "use";
  private static final String BLOCK = "block";
  private static final String PARAMETERS = "parameters";

  private final Map<String, Mapping> defaults = new LinkedHashMap<>();
  private final Map<String, Mapping> blocks = new LinkedHashMap<>();
  private final ToIntFunction<Place> classes;
  private int items;

  /**
   * Short forms of a network.
   *
   * @param defaults keys by kind; absent for none
   * @param blocks layers by name; absent for none
   * @param classes how many there are, for the key at a place
   */
  ShortLayers(@Nullable Tree defaults, @Nullable Tree blocks, ToIntFunction<Place> classes) {
    this.classes = classes;
    mappings(defaults, this.defaults, "kinds of layers with their keys");
    this.defaults.forEach(
        (kind, keys) -> Binder.pick(Names.kinds(Layer.class), kind, keys.place(), null));
    mappings(blocks, this.blocks, "names of blocks");
    this.blocks.values().forEach(block -> Binder.checkKeys(block, List.of(PARAMETERS, LAYERS)));
  }

  private static void mappings(@Nullable Tree tree, Map<String, Mapping> into, String what) {
    if (tree == null) {
      return;
    }
    if (!(tree instanceof Mapping all)) {
      throw ConfigException.at(tree.place(), "needs " + what + ", but was " + tree.shown());
    }
    all.entries()
        .forEach(
            (key, value) -> {
              if (!(value instanceof Mapping keys)) {
                throw ConfigException.at(value.place(), "needs keys, but was " + value.shown());
              }
              into.put(key, keys);
            });
  }

  List<Tree> writtenOut(List<Tree> layers) {
    return list(layers, Map.of(), 0);
  }

  /**
   * Writes out a list of layers.
   *
   * @param values of the parameters of the block around it
   */
  private List<Tree> list(List<Tree> layers, Map<String, Tree> values, int depth) {
    if (depth > MAX_DEPTH) {
      throw ConfigException.at(
          layers.get(0).place(), "must lie in at most " + MAX_DEPTH + " blocks, but lies in more");
    }
    List<Tree> written = new ArrayList<>();
    for (Tree layer : layers) {
      if (++items > MAX_ITEMS) {
        throw ConfigException.at(
            layer.place(), "is beyond the " + MAX_ITEMS + " layers that blocks may have");
      }
      add(written, substituted(layer, values), depth);
    }
    return written;
  }

  private void add(List<Tree> written, Tree layer, int depth) {
    if (layer instanceof Scalar kind && defaults.containsKey(kind.text())) {
      Mapping none = new Mapping(layer.place().key(kind.text(), layer.place().line()), Map.of());
      layer = new Mapping(layer.place(), Map.of(kind.text(), none));
    }
    if (!(layer instanceof Mapping outer
        && outer.entries().size() == 1
        && outer.entries().values().iterator().next() instanceof Mapping keys)) {
      written.add(layer);
      return;
    }
    String kind = outer.entries().keySet().iterator().next();
    switch (kind) {
      case "repeat" -> written.add(outer.with(kind, inner(keys, LAYERS, depth)));
      case "parallel" -> written.add(outer.with(kind, branches(keys, depth)));
      case "residual" -> residual(written, outer, keys, depth);
      case USE -> use(written, keys, depth);
      default -> layer(written, outer, kind, keys);
    }
  }

  private Mapping inner(Mapping keys, String key, int depth) {
    return keys.get(key) instanceof Sequence layers
        ? keys.with(key, new Sequence(layers.place(), list(layers.items(), Map.of(), depth + 1)))
        : keys;
  }

  private Mapping branches(Mapping keys, int depth) {
    if (!(keys.get(BRANCHES) instanceof Sequence branches)) {
      return keys;
    }
    List<Tree> all = new ArrayList<>();
    for (Tree branch : branches.items()) {
      all.add(
          branch instanceof Sequence layers
              ? new Sequence(layers.place(), list(layers.items(), Map.of(), depth + 1))
              : branch);
    }
    return keys.with(BRANCHES, new Sequence(branches.place(), all));
  }

  /** A residual block is a sum of its layers and of its shortcut, and an activation after it. */
  private void residual(List<Tree> written, Mapping outer, Mapping keys, int depth) {
    Binder.checkKeys(keys, List.of(NAME, LAYERS, SHORTCUT, ACTIVATION));
    Tree layers = keys.get(LAYERS);
    if (layers == null) {
      throw Binder.missing(keys, LAYERS);
    }
    Tree shortcut = keys.get(SHORTCUT);
    Tree other = shortcut == null ? new Sequence(keys.place(), List.of()) : shortcut;
    Map<String, Tree> parallel = new LinkedHashMap<>();
    Tree name = keys.get(NAME);
    if (name != null) {
      parallel.put(NAME, name);
    }
    parallel.put("join", new Scalar(keys.place(), Scalar.Kind.TEXT, "add"));
    Sequence both =
        new Sequence(
            keys.place(),
            List.of(Binder.sequence(layers, "of layers"), Binder.sequence(other, "of layers")));
    parallel.put(BRANCHES, both);
    Mapping sum = branches(new Mapping(keys.place(), parallel), depth);
    written.add(new Mapping(outer.place(), Map.of("parallel", sum)));
    follow(written, keys.get(ACTIVATION), name, ACTIVATION);
  }

  private void use(List<Tree> written, Mapping keys, int depth) {
    Tree which = keys.get(BLOCK);
    if (which == null) {
      throw Binder.missing(keys, BLOCK);
    }
    String text = Binder.bind(which, String.class);
    Mapping block = Binder.pick(blocks, text, which.place(), "was " + which.shown());
    List<String> parameters = new ArrayList<>();
    if (block.get(PARAMETERS) != null) {
      Binder.sequence(block.get(PARAMETERS), "of names")
          .items()
          .forEach(item -> parameters.add(Binder.bind(item, String.class)));
    }
    List<String> allowed = new ArrayList<>(List.of(BLOCK, NAME));
    allowed.addAll(parameters);
    Binder.checkKeys(keys, allowed);
    Map<String, Tree> values = new LinkedHashMap<>();
    for (String parameter : parameters) {
      Tree value = keys.get(parameter);
      if (value == null) {
        throw Binder.missing(keys, parameter);
      }
      values.put("$" + parameter, value);
    }
    Tree layers = block.get(LAYERS);
    if (layers == null) {
      throw Binder.missing(block, LAYERS);
    }
    List<Tree> inside = list(Binder.sequence(layers, "of layers").items(), values, depth + 1);
    Tree name = keys.get(NAME);
    if (name == null) {
      written.addAll(inside);
      return;
    }
    // Names inside get the block's name before them, as in a block that is repeated once.
    for (Tree layer : inside) {
      written.add(named(layer, Binder.bind(name, String.class), inside));
    }
  }

  /** Puts a block's name before a layer's own, and before its inputs where these lie inside. */
  private static Tree named(Tree layer, String block, List<Tree> inside) {
    if (!(layer instanceof Mapping outer)
        || outer.entries().size() != 1
        || !(outer.entries().values().iterator().next() instanceof Mapping keys)) {
      return layer;
    }
    String kind = outer.entries().keySet().iterator().next();
    Mapping changed = keys;
    if (keys.get(NAME) instanceof Scalar name) {
      changed = changed.with(NAME, prefixed(name, block));
    }
    if (keys.get("inputs") instanceof Sequence inputs) {
      List<Tree> all = new ArrayList<>();
      for (Tree input : inputs.items()) {
        all.add(input instanceof Scalar name && isIn(inside, name) ? prefixed(name, block) : input);
      }
      changed = changed.with("inputs", new Sequence(inputs.place(), all));
    } else if (keys.get("inputs") instanceof Scalar input && isIn(inside, input)) {
      changed = changed.with("inputs", prefixed(input, block));
    }
    return outer.with(kind, changed);
  }

  private static boolean isIn(List<Tree> layers, Scalar name) {
    return layers.stream()
        .anyMatch(
            layer ->
                layer instanceof Mapping outer
                    && outer.entries().values().iterator().next() instanceof Mapping keys
                    && keys.get(NAME) instanceof Scalar own
                    && own.text().equals(name.text()));
  }

  private static Scalar prefixed(Scalar name, String block) {
    return new Scalar(name.place(), Scalar.Kind.TEXT, block + "." + name.text());
  }

  private void layer(List<Tree> written, Mapping outer, String kind, Mapping own) {
    Mapping keys = own;
    Mapping usual = defaults.get(kind);
    if (usual != null) {
      for (Map.Entry<String, Tree> entry : usual.entries().entrySet()) {
        if (!own.entries().containsKey(entry.getKey())) {
          keys = keys.with(entry.getKey(), entry.getValue());
        }
      }
    }
    for (String counted : COUNTED) {
      if (keys.get(counted) instanceof Scalar value && value.text().equals(CLASSES)) {
        int number = classes.applyAsInt(value.place());
        String text = Integer.toString(number);
        keys = keys.with(counted, new Scalar(value.place(), Scalar.Kind.INTEGER, text));
      }
    }
    if (!FOLLOWED.contains(kind)) {
      written.add(outer.with(kind, keys));
      return;
    }
    Tree norm = keys.get(NORM);
    Tree activation = keys.get(ACTIVATION);
    if (norm != null && !keys.entries().containsKey("bias")) {
      keys = keys.with("bias", new Scalar(norm.place(), Scalar.Kind.BOOLEAN, "false"));
    }
    written.add(outer.with(kind, keys.without(NORM).without(ACTIVATION)));
    follow(written, norm, keys.get(NAME), NORM);
    follow(written, activation, keys.get(NAME), ACTIVATION);
  }

  /** Adds the layer that a key names, called after the layer that has the key. */
  private void follow(
      List<Tree> written, @Nullable Tree layer, @Nullable Tree name, String suffix) {
    if (layer == null) {
      return;
    }
    List<Tree> alone = new ArrayList<>();
    add(alone, layer, 0);
    Tree follower = alone.get(0);
    if (!(name instanceof Scalar owner)) {
      written.add(follower);
      return;
    }
    Scalar full = new Scalar(owner.place(), Scalar.Kind.TEXT, owner.text() + "." + suffix);
    if (follower instanceof Scalar kind) {
      Map<String, Tree> keys = Map.of(NAME, full);
      Place inside = kind.place().key(kind.text(), kind.place().line());
      written.add(new Mapping(kind.place(), Map.of(kind.text(), new Mapping(inside, keys))));
    } else if (follower instanceof Mapping outer
        && outer.entries().size() == 1
        && outer.entries().values().iterator().next() instanceof Mapping keys) {
      String kind = outer.entries().keySet().iterator().next();
      written.add(keys.get(NAME) == null ? outer.with(kind, keys.with(NAME, full)) : outer);
    } else {
      written.add(follower);
    }
  }

  /** The tree with values in place of {@code $parameter}. */
  private static Tree substituted(Tree tree, Map<String, Tree> values) {
    if (values.isEmpty()) {
      return tree;
    } else if (tree instanceof Scalar scalar) {
      Tree value = values.get(scalar.text());
      if (value == null && scalar.text().startsWith("$")) {
        throw ConfigException.at(
            tree.place(),
            "needs a parameter of the block ("
                + String.join(", ", values.keySet())
                + "), but was "
                + tree.shown());
      }
      return value == null ? tree : value;
    } else if (tree instanceof Sequence list) {
      List<Tree> all = new ArrayList<>();
      list.items().forEach(item -> all.add(substituted(item, values)));
      return new Sequence(list.place(), all);
    }
    Map<String, Tree> all = new LinkedHashMap<>();
    ((Mapping) tree).entries().forEach((key, value) -> all.put(key, substituted(value, values)));
    return new Mapping(tree.place(), all);
  }
}

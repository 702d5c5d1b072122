package dev.convoy.config.binding;

import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Place;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.config.tree.Tree.Scalar;
import dev.convoy.config.tree.Tree.Sequence;
import dev.convoy.nn.NamedLayer;
import dev.convoy.nn.layer.Layer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A layer as its kind, with {@code name} and {@code inputs} beside its own keys. */
final class NamedLayerSyntax implements Syntax<NamedLayer> {
  /** Characters of a name. */
  static final int MAX_NAME = 100;

  private static final String NAME = "name";
  private static final String INPUTS = "inputs";

  @Override
  public NamedLayer read(Tree tree, Binder binder) {
    if (tree instanceof Mapping outer
        && outer.entries().size() == 1
        && outer.entries().values().iterator().next() instanceof Mapping keys) {
      String kind = outer.entries().keySet().iterator().next();
      Tree name = keys.get(NAME);
      Tree inputs = keys.get(INPUTS);
      Mapping own = outer.with(kind, keys.without(NAME).without(INPUTS));
      Layer layer = (Layer) binder.kind(own, Layer.class);
      return new NamedLayer(
          name == null ? null : name(name, binder),
          inputs == null ? null : inputs(inputs, binder),
          layer);
    }
    return NamedLayer.of((Layer) binder.kind(tree, Layer.class));
  }

  static String name(Tree tree, Binder binder) {
    String name = (String) binder.value(tree, String.class);
    if (!name.matches("[A-Za-z0-9_.-]{1," + MAX_NAME + "}")) {
      throw ConfigException.at(
          tree.place(), "needs letters, digits, '_', '-' and '.' alone, but was " + tree.shown());
    }
    return name;
  }

  /** One name, or a list of them. */
  private static List<String> inputs(Tree tree, Binder binder) {
    if (tree instanceof Scalar) {
      return List.of(name(tree, binder));
    }
    return Binder.sequence(tree, "of names").items().stream()
        .map(item -> name(item, binder))
        .toList();
  }

  @Override
  public Tree write(NamedLayer value, TreeWriter writer) {
    Tree layer = writer.kind(value.layer());
    Map<String, Tree> keys = new LinkedHashMap<>();
    if (value.name() != null) {
      keys.put(NAME, TreeWriter.text(value.name()));
    }
    if (value.inputs() != null) {
      List<Tree> names = value.inputs().stream().map(name -> (Tree) TreeWriter.text(name)).toList();
      keys.put(INPUTS, new Sequence(Place.NOWHERE, names));
    }
    if (keys.isEmpty()) {
      return layer;
    }
    if (layer instanceof Mapping mapping) {
      keys.putAll(((Mapping) mapping.entries().values().iterator().next()).entries());
    }
    Mapping inner = new Mapping(Place.NOWHERE, keys);
    return new Mapping(Place.NOWHERE, Map.of(value.layer().kind(), inner));
  }
}

package dev.convoy.config;

import dev.convoy.config.Tree.Mapping;
import dev.convoy.nn.NamedLayer;
import dev.convoy.nn.layer.Layer;
import java.util.LinkedHashMap;
import java.util.Map;

/** A layer as its kind, with {@code name} beside its own keys. */
final class NamedLayerSyntax implements Syntax<NamedLayer> {
  private static final String NAME = "name";

  @Override
  public NamedLayer read(Tree tree, Binder binder) {
    if (tree instanceof Mapping outer
        && outer.entries().size() == 1
        && outer.entries().values().iterator().next() instanceof Mapping keys
        && keys.entries().containsKey(NAME)) {
      String kind = outer.entries().keySet().iterator().next();
      Tree name = keys.get(NAME);
      Mapping unnamed = outer.with(kind, keys.without(NAME));
      Layer layer = (Layer) binder.kind(unnamed, Layer.class);
      return new NamedLayer(name == null ? null : name(name, binder), layer);
    }
    return NamedLayer.of((Layer) binder.kind(tree, Layer.class));
  }

  private static String name(Tree tree, Binder binder) {
    String name = (String) binder.value(tree, String.class);
    if (!name.matches("[A-Za-z0-9_.-]{1,100}")) {
      throw ConfigException.at(
          tree.place(), "needs letters, digits, '_', '-' and '.' alone, but was " + tree.shown());
    }
    return name;
  }

  @Override
  public Tree write(NamedLayer value, TreeWriter writer) {
    Tree layer = writer.kind(value.layer());
    if (value.name() == null) {
      return layer;
    }
    Map<String, Tree> keys = new LinkedHashMap<>();
    keys.put(NAME, TreeWriter.text(value.name()));
    if (layer instanceof Mapping mapping) {
      keys.putAll(((Mapping) mapping.entries().values().iterator().next()).entries());
    }
    Mapping inner = new Mapping(Place.NOWHERE, keys);
    return new Mapping(Place.NOWHERE, Map.of(value.layer().kind(), inner));
  }
}

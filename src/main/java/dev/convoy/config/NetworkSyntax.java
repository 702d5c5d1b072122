package dev.convoy.config;

import dev.convoy.config.Tree.Mapping;
import dev.convoy.config.Tree.Sequence;
import dev.convoy.nn.NamedLayer;
import dev.convoy.nn.Network;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A network as {@code {input: [1, 28, 28], layers: [...]}}. */
final class NetworkSyntax implements Syntax<Network> {
  private static final String INPUT = "input";
  private static final String LAYERS = "layers";

  @Override
  public Network read(Tree tree, Binder binder) {
    if (!(tree instanceof Mapping mapping)) {
      throw ConfigException.at(tree.place(), "needs keys (input, layers), but was " + tree.shown());
    }
    Binder.checkKeys(mapping, List.of(INPUT, LAYERS));
    Shape input = (Shape) binder.value(required(mapping, INPUT), Shape.class);
    List<Tree> items = Binder.sequence(required(mapping, LAYERS), "of layers").items();
    List<NamedLayer> layers = new ArrayList<>();
    for (Tree item : items) {
      layers.add((NamedLayer) binder.value(item, NamedLayer.class));
    }
    try {
      return Network.of(input, layers);
    } catch (IllegalArgumentException e) {
      Place place = items.isEmpty() ? mapping.place() : culprit(input, layers, items).place();
      throw new ConfigException(Binder.prefix(place) + e.getMessage(), e);
    }
  }

  private static Tree required(Mapping mapping, String key) {
    Tree tree = mapping.get(key);
    if (tree == null) {
      throw Binder.missing(mapping, key);
    }
    return tree;
  }

  /**
   * The layer with which a network stops being possible: found by halving, as networks may be long.
   */
  private static Tree culprit(Shape input, List<NamedLayer> layers, List<Tree> items) {
    int possible = 0;
    int impossible = layers.size();
    while (impossible - possible > 1) {
      int half = (possible + impossible) / 2;
      try {
        Network.of(input, layers.subList(0, half));
        possible = half;
      } catch (IllegalArgumentException e) {
        impossible = half;
      }
    }
    return items.get(impossible - 1);
  }

  @Override
  public Tree write(Network value, TreeWriter writer) {
    List<Tree> layers =
        value.nodes().stream()
            .map(node -> writer.tree(new NamedLayer(node.name(), node.layer())))
            .toList();
    Map<String, Tree> keys = new LinkedHashMap<>();
    keys.put(INPUT, writer.tree(value.input()));
    keys.put(LAYERS, new Sequence(Place.NOWHERE, layers));
    return new Mapping(Place.NOWHERE, keys);
  }
}

package dev.convoy.config.binding;

import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Place;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.config.tree.Tree.Sequence;
import dev.convoy.nn.Auxiliary;
import dev.convoy.nn.NamedLayer;
import dev.convoy.nn.Network;
import dev.convoy.nn.NetworkBuilder;
import dev.convoy.nn.Node;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A network as {@code {input: [1, 28, 28], layers: [...]}}. */
final class NetworkSyntax implements Syntax<Network> {
  private static final String INPUT = "input";
  private static final String LAYERS = "layers";
  private static final String AUXILIARY = "auxiliary";

  @Override
  public Network read(Tree tree, Binder binder) {
    if (!(tree instanceof Mapping mapping)) {
      throw ConfigException.at(tree.place(), "needs keys (input, layers), but was " + tree.shown());
    }
    Binder.checkKeys(mapping, List.of(INPUT, LAYERS, AUXILIARY));
    Shape input = (Shape) binder.value(required(mapping, INPUT), Shape.class);
    List<Tree> items = Binder.sequence(required(mapping, LAYERS), "of layers").items();
    NetworkBuilder builder = new NetworkBuilder(input);
    List<ListedLayer> layers = LayerList.read(items, binder);
    for (ListedLayer listed : layers) {
      refusedAt(listed.place(), () -> builder.add(listed.layer()));
    }
    Tree auxiliary = mapping.get(AUXILIARY);
    if (auxiliary != null) {
      for (Tree item : Binder.sequence(auxiliary, "such as [{output: aux, weight: 0.3}]").items()) {
        Auxiliary output = (Auxiliary) binder.value(item, Auxiliary.class);
        refusedAt(item.place(), () -> builder.auxiliary(output));
      }
    }
    int unused = layers.isEmpty() ? -1 : builder.firstUnused();
    Place culprit = unused < 0 ? mapping.place() : layers.get(unused).place();
    Network[] network = new Network[1];
    refusedAt(culprit, () -> network[0] = builder.build());
    return network[0];
  }

  private static void refusedAt(Place place, Runnable action) {
    try {
      action.run();
    } catch (IllegalArgumentException e) {
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

  @Override
  public Tree write(Network value, TreeWriter writer) {
    List<Tree> layers = new ArrayList<>();
    for (int i = 0; i < value.nodes().size(); i++) {
      layers.add(writer.tree(named(value, i)));
    }
    Map<String, Tree> keys = new LinkedHashMap<>();
    keys.put(INPUT, writer.tree(value.input()));
    keys.put(LAYERS, new Sequence(Place.NOWHERE, layers));
    if (!value.auxiliaries().isEmpty()) {
      keys.put(AUXILIARY, writer.tree(value.auxiliaries()));
    }
    return new Mapping(Place.NOWHERE, keys);
  }

  /** A layer as it would be listed: its inputs where they are not the layer before. */
  private static NamedLayer named(Network network, int i) {
    Node node = network.nodes().get(i);
    List<String> inputs =
        node.sources().stream()
            .map(s -> s == 0 ? Network.INPUT : network.nodes().get(s - 1).name())
            .toList();
    boolean follows = node.sources().equals(List.of(i));
    return new NamedLayer(node.name(), follows ? null : inputs, node.layer());
  }
}

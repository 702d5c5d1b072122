package dev.convoy.config.binding;

import dev.convoy.config.data.Paths;
import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Place;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.Tree.Sequence;
import java.util.ArrayList;
import java.util.List;

/** Paths as one text, {@code data/folder}, or as a list, {@code [data/first, data/second]}. */
final class PathsSyntax implements Syntax<Paths> {
  @Override
  public Paths read(Tree tree, Binder binder) {
    List<Tree> items = tree instanceof Sequence list ? list.items() : List.of(tree);
    List<String> paths = new ArrayList<>();
    for (Tree item : items) {
      String path = (String) binder.value(item, String.class);
      if (path.isBlank()) {
        throw ConfigException.at(item.place(), "must be a path, but was blank");
      }
      paths.add(path);
    }
    if (paths.isEmpty()) {
      throw ConfigException.at(tree.place(), "needs one path at least, but was an empty list");
    }
    return new Paths(paths);
  }

  @Override
  public Tree write(Paths value, TreeWriter writer) {
    return value.list().size() == 1
        ? TreeWriter.text(value.list().get(0))
        : new Sequence(
            Place.NOWHERE, value.list().stream().map(p -> (Tree) TreeWriter.text(p)).toList());
  }
}

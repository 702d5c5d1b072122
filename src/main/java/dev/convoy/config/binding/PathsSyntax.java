package dev.convoy.config.binding;

import dev.convoy.config.data.Paths;
import dev.convoy.config.tree.Tree;

/** Paths as one text, {@code data/folder}, or as a list, {@code [data/first, data/second]}. */
final class PathsSyntax implements Syntax<Paths> {
  @Override
  public Paths read(Tree tree, Binder binder) {
    return new Paths(TextList.read(tree, binder, "path"));
  }

  @Override
  public Tree write(Paths value, TreeWriter writer) {
    return TextList.write(value.list());
  }
}

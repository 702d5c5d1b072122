package dev.convoy.config.binding;

import dev.convoy.config.data.Columns;
import dev.convoy.config.tree.Tree;

/** Columns as one name, {@code age}, or as a list of names, {@code [width, height]}. */
final class ColumnsSyntax implements Syntax<Columns> {
  @Override
  public Columns read(Tree tree, Binder binder) {
    return new Columns(TextList.read(tree, binder, "column"));
  }

  @Override
  public Tree write(Columns value, TreeWriter writer) {
    return TextList.write(value.list());
  }
}

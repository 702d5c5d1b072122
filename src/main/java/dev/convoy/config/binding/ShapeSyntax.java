package dev.convoy.config.binding;

import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Place;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.Tree.Sequence;
import dev.convoy.tensor.Shape;
import java.util.List;

/** A shape as {@code [1, 28, 28]}. */
final class ShapeSyntax implements Syntax<Shape> {
  @Override
  public Shape read(Tree tree, Binder binder) {
    List<Tree> items = Binder.sequence(tree, "such as [channels, height, width]").items();
    int[] dimensions = new int[items.size()];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = (int) binder.value(items.get(i), int.class);
    }
    try {
      return Shape.of(dimensions);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(Binder.prefix(tree.place()) + e.getMessage(), e);
    }
  }

  @Override
  public Tree write(Shape value, TreeWriter writer) {
    return new Sequence(Place.NOWHERE, TreeWriter.integers(value.toArray()));
  }
}

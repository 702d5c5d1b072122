package dev.convoy.config.binding;

import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Place;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.Tree.Sequence;
import dev.convoy.nn.layer.Size;
import java.util.List;

/** A size as {@code 3} for a square, or {@code [3, 5]} for height and width. */
final class SizeSyntax implements Syntax<Size> {
  @Override
  public Size read(Tree tree, Binder binder) {
    if (!(tree instanceof Sequence list)) {
      return Size.of(positive(tree, binder));
    }
    List<Tree> items = list.items();
    if (items.size() != 2) {
      throw ConfigException.at(
          tree.place(), "needs one number, or [height, width], but was " + tree.shown());
    }
    return new Size(positive(items.get(0), binder), positive(items.get(1), binder));
  }

  /** Checked here, so that the error names the key in place of the size's height. */
  private static int positive(Tree tree, Binder binder) {
    int side = (int) binder.value(tree, int.class);
    if (side < 1) {
      throw ConfigException.at(tree.place(), "must be at least 1, but was " + side);
    }
    return side;
  }

  @Override
  public Tree write(Size value, TreeWriter writer) {
    return value.height() == value.width()
        ? TreeWriter.integer(value.height())
        : new Sequence(Place.NOWHERE, TreeWriter.integers(value.height(), value.width()));
  }
}

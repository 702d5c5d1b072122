package dev.convoy.config.binding;

import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Place;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.Tree.Scalar;
import dev.convoy.config.tree.Tree.Scalar.Kind;
import dev.convoy.config.tree.Tree.Sequence;
import dev.convoy.nn.layer.Padding;
import java.util.List;

/**
 * A border as {@code valid} for none, {@code same}, {@code 2} for each side, {@code [1, 2]} for top
 * and bottom, left and right, or {@code [1, 2, 3, 4]} for top, left, bottom, right.
 */
final class PaddingSyntax implements Syntax<Padding> {
  @Override
  public Padding read(Tree tree, Binder binder) {
    if (tree instanceof Scalar scalar && scalar.text().equals("valid")) {
      return Padding.VALID;
    } else if (tree instanceof Scalar scalar && scalar.text().equals("same")) {
      return Padding.SAME;
    } else if (tree instanceof Scalar scalar && scalar.kind() == Kind.INTEGER) {
      return Padding.of(notNegative(tree, binder));
    } else if (tree instanceof Sequence list && list.items().size() == 2) {
      int[] sides = sides(list.items(), binder);
      return Padding.of(sides[0], sides[1]);
    } else if (tree instanceof Sequence list && list.items().size() == 4) {
      int[] sides = sides(list.items(), binder);
      return Padding.of(sides[0], sides[1], sides[2], sides[3]);
    }
    throw ConfigException.at(
        tree.place(),
        "needs valid, same, a number, [vertical, horizontal] or [top, left, bottom, right], but was "
            + tree.shown());
  }

  private static int[] sides(List<Tree> items, Binder binder) {
    return items.stream().mapToInt(item -> notNegative(item, binder)).toArray();
  }

  /** Checked here, so that the error names the key in place of the padding's side. */
  private static int notNegative(Tree tree, Binder binder) {
    int side = (int) binder.value(tree, int.class);
    if (side < 0) {
      throw ConfigException.at(tree.place(), "must be at least 0, but was " + side);
    }
    return side;
  }

  @Override
  public Tree write(Padding value, TreeWriter writer) {
    if (value.same()) {
      return TreeWriter.text("same");
    } else if (value.equals(Padding.VALID)) {
      return TreeWriter.text("valid");
    } else if (value.equals(Padding.of(value.top()))) {
      return TreeWriter.integer(value.top());
    }
    int[] sides =
        value.equals(Padding.of(value.top(), value.left()))
            ? new int[] {value.top(), value.left()}
            : new int[] {value.top(), value.left(), value.bottom(), value.right()};
    return new Sequence(Place.NOWHERE, TreeWriter.integers(sides));
  }
}

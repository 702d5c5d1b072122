package dev.convoy.config.binding;

import dev.convoy.config.data.Normalizing;
import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.config.tree.Tree.Scalar;
import dev.convoy.image.Normalization;

/** Normalisation as {@code {mean: [0.29], std: [0.35]}}, or {@code auto}. */
final class NormalizingSyntax implements Syntax<Normalizing> {
  private static final String AUTO = "auto";

  @Override
  public Normalizing read(Tree tree, Binder binder) {
    if (tree instanceof Mapping) {
      return new Normalizing((Normalization) binder.value(tree, Normalization.class));
    } else if (tree instanceof Scalar scalar && scalar.text().equals(AUTO)) {
      return new Normalizing(null);
    }
    throw ConfigException.at(
        tree.place(), "needs auto, or keys (mean, std), but was " + tree.shown());
  }

  @Override
  public Tree write(Normalizing value, TreeWriter writer) {
    Normalization values = value.values();
    return values == null ? TreeWriter.text(AUTO) : writer.tree(values);
  }
}

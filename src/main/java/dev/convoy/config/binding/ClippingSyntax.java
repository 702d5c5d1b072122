package dev.convoy.config.binding;

import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.optim.ClipByNorm;
import dev.convoy.optim.ClipByValue;
import dev.convoy.optim.Clipping;
import java.util.List;
import java.util.Map;

/** Gradient clipping as {@code {value: 1.0}} or {@code {norm: 5.0}}. */
final class ClippingSyntax implements Syntax<Clipping> {
  private static final String NORM = "norm";
  private static final String VALUE = "value";

  @Override
  public Clipping read(Tree tree, Binder binder) {
    if (!(tree instanceof Mapping mapping)) {
      throw ConfigException.at(tree.place(), "needs keys (value, norm), but was " + tree.shown());
    }
    Binder.checkKeys(mapping, List.of(VALUE, NORM));
    Tree value = mapping.get(VALUE);
    Tree norm = mapping.get(NORM);
    if ((value == null) == (norm == null)) {
      String found = value == null ? "none" : "both";
      throw ConfigException.at(tree.place(), "needs either value or norm, but has " + found);
    }
    return value == null
        ? new ClipByNorm(limit(norm, binder))
        : new ClipByValue(limit(value, binder));
  }

  /** Checked here, so that the error names the key in place of the record's component. */
  private static float limit(Tree tree, Binder binder) {
    float limit = (float) binder.value(tree, float.class);
    if (!(limit > 0)) {
      throw ConfigException.at(tree.place(), "must be above 0, but was " + limit);
    }
    return limit;
  }

  @Override
  public Tree write(Clipping value, TreeWriter writer) {
    return value instanceof ClipByNorm norm
        ? TreeWriter.mapping(Map.of(NORM, writer.tree(norm.limit())))
        : TreeWriter.mapping(Map.of(VALUE, writer.tree(((ClipByValue) value).limit())));
  }
}

package dev.convoy.config.binding;

import dev.convoy.config.data.DataSource;
import dev.convoy.config.data.Validation;
import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Suggestion;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.tensor.Check;
import java.util.List;
import java.util.Map;

/** Validation data as a data source, or as {@code {share: 0.1}} of the training data. */
final class ValidationSyntax implements Syntax<Validation> {
  private static final String FORMAT = "format";
  private static final String SHARE = "share";

  @Override
  public Validation read(Tree tree, Binder binder) {
    if (!(tree instanceof Mapping mapping)) {
      throw ConfigException.at(
          tree.place(),
          "needs a data source, or a share of data.train as in {share: 0.1}, but was "
              + tree.shown());
    }
    boolean source = mapping.get(FORMAT) != null;
    boolean share = mapping.get(SHARE) != null;
    if (source && share) {
      throw ConfigException.at(
          tree.place(), "needs format, of a source of its own, or share, but has both");
    } else if (source) {
      return Validation.of((DataSource) binder.value(mapping, DataSource.class));
    } else if (share) {
      Binder.checkKeys(mapping, List.of(SHARE));
      return (Validation) binder.record(mapping, Validation.class);
    }
    List<String> keys = List.copyOf(mapping.entries().keySet());
    throw ConfigException.at(
        tree.place(),
        "needs format, of a source of its own, or share, but has "
            + (keys.isEmpty() ? "no key" : String.join(", ", keys))
            + (keys.size() == 1 ? Suggestion.of(keys.get(0), List.of(FORMAT, SHARE)) : ""));
  }

  @Override
  public Tree write(Validation value, TreeWriter writer) {
    Double share = value.share();
    return share == null
        ? writer.tree(Check.present(value.source(), "Validation.source"))
        : TreeWriter.mapping(Map.of(SHARE, writer.tree(share)));
  }
}

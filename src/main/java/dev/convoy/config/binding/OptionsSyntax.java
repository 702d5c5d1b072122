package dev.convoy.config.binding;

import dev.convoy.config.data.Options;
import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Place;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.Tree.Mapping;
import java.util.LinkedHashMap;
import java.util.Map;

/** Options as {@code {header: true, delimiter: ";"}}, whose keys are not Convoy's to know. */
final class OptionsSyntax implements Syntax<Options> {
  @Override
  public Options read(Tree tree, Binder binder) {
    if (!(tree instanceof Mapping mapping)) {
      throw ConfigException.at(
          tree.place(), "needs keys and values, such as {a: b}, but was " + tree.shown());
    }
    Map<String, String> values = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach((key, value) -> values.put(key, (String) binder.value(value, String.class)));
    return new Options(values);
  }

  @Override
  public Tree write(Options value, TreeWriter writer) {
    Map<String, Tree> entries = new LinkedHashMap<>();
    value.values().forEach((key, text) -> entries.put(key, TreeWriter.text(text)));
    return new Mapping(Place.NOWHERE, entries);
  }
}

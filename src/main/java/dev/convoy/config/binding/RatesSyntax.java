package dev.convoy.config.binding;

import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Place;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.train.tuning.Rates;
import java.util.LinkedHashMap;
import java.util.Map;

/** Factors of the learning rate as {@code {'fc\..*': 10}}. */
final class RatesSyntax implements Syntax<Rates> {
  @Override
  public Rates read(Tree tree, Binder binder) {
    if (!(tree instanceof Mapping mapping)) {
      throw ConfigException.at(
          tree.place(),
          "needs expressions and numbers, such as {'fc\\..*': 10}, but was " + tree.shown());
    }
    Map<String, Double> factors = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(
            (expression, value) -> {
              double factor = (double) binder.value(value, double.class);
              factors.put(expression, factor);
              check(expression, factor, value);
            });
    return new Rates(factors);
  }

  /** Checks one by itself, so that the error has its line. */
  private static void check(String expression, double factor, Tree value) {
    try {
      new Rates(Map.of(expression, factor));
    } catch (IllegalArgumentException e) {
      String problem = String.valueOf(e.getMessage()).substring(("Rates." + expression).length());
      throw ConfigException.at(value.place(), problem.strip());
    }
  }

  @Override
  public Tree write(Rates value, TreeWriter writer) {
    Map<String, Tree> entries = new LinkedHashMap<>();
    value.factors().forEach((expression, factor) -> entries.put(expression, writer.tree(factor)));
    return new Mapping(Place.NOWHERE, entries);
  }
}

package dev.convoy.config.binding;

import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.config.tree.Tree.Scalar;
import dev.convoy.train.frequency.AveragingFrequency;
import dev.convoy.train.frequency.Every;

/**
 * Steps from one averaging to the next, as {@code 16}, {@code auto}, {@code {postLocal: {epochs: 1,
 * then: 16}}}, {@code {quadratic: {alpha: 0.2, minimum: 4, maximum: 64}}} or {@code {staged:
 * {stages: [{epoch: 1, round: 1, steps: 8}, {epoch: 2, round: 1, steps: 64}]}}}.
 */
final class FrequencySyntax implements Syntax<AveragingFrequency> {
  /** The one rule that needs no keys. */
  private static final String AUTO = "auto";

  @Override
  public AveragingFrequency read(Tree tree, Binder binder) {
    boolean named = tree instanceof Scalar scalar && scalar.text().equals(AUTO);
    if (tree instanceof Mapping || named) {
      return (AveragingFrequency) binder.kind(tree, AveragingFrequency.class);
    }
    int steps = (int) binder.value(tree, int.class);
    if (steps < 1) {
      // Here, so that the error names the key in place of the record's component.
      throw ConfigException.at(tree.place(), "must be at least 1, but was " + steps);
    }
    return new Every(steps);
  }

  @Override
  public Tree write(AveragingFrequency value, TreeWriter writer) {
    return value instanceof Every every ? TreeWriter.integer(every.steps()) : writer.kind(value);
  }
}

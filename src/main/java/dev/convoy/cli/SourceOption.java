package dev.convoy.cli;

import dev.convoy.config.binding.Binder;
import dev.convoy.config.data.DataSource;
import dev.convoy.config.tree.TreeReader;

/** The option {@code --data}: a data source in the syntax of a job. */
final class SourceOption {
  private static final String NAME = "--data";

  private SourceOption() {}

  /** The source that the option's value names. */
  static DataSource read(String value) {
    return Binder.bind(TreeReader.read(value, NAME), DataSource.class);
  }
}

package dev.convoy.cli;

import dev.convoy.config.Binder;
import dev.convoy.config.DataSource;
import dev.convoy.config.TreeReader;

/** The option {@code --data}: a data source in the syntax of a job. */
final class SourceOption {
  private static final String NAME = "--data";

  private SourceOption() {}

  /** The source that the option's value names. */
  static DataSource read(String value) {
    return Binder.bind(TreeReader.read(value, NAME), DataSource.class);
  }
}

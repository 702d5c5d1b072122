package dev.convoy.cli;

import dev.convoy.run.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionText implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "convoy "
          + Version.convoy()
          + " (Spark "
          + Version.spark()
          + ", Java "
          + Runtime.version()
          + ")"
    };
  }
}

package dev.convoy.cli.input;

import dev.convoy.config.binding.Binder;
import dev.convoy.config.data.DataSource;
import dev.convoy.config.tree.TreeReader;
import dev.convoy.spark.file.HadoopFiles;
import java.io.IOException;
import java.io.InputStream;

/** The option {@code --data}: a data source in the syntax of a job, or a file that holds it. */
public final class SourceOption {
  private static final String NAME = "--data";

  private SourceOption() {}

  /** The source that the option's value names, or that the file holds which it names. */
  public static DataSource read(HadoopFiles files, String value) throws IOException {
    if (value.stripLeading().startsWith("{") || !isFile(files, value)) {
      return read(value);
    }
    try (InputStream in = files.open(value)) {
      return Binder.bind(TreeReader.read(in, value), DataSource.class);
    }
  }

  private static boolean isFile(HadoopFiles files, String value) throws IOException {
    return value.lines().count() == 1
        && !value.contains(": ")
        && files.exists(value)
        && !files.isFolder(value);
  }

  /** The source that the option's value names. */
  public static DataSource read(String value) {
    return Binder.bind(TreeReader.read(value, NAME), DataSource.class);
  }
}

package dev.convoy.config;

import dev.convoy.config.binding.Binder;
import dev.convoy.config.binding.ShortNetwork;
import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.config.tree.TreeReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Reads job files. */
public final class JobReader {
  private JobReader() {}

  /**
   * The job in a file, with what the command line changes.
   *
   * @param in the file's bytes, from the first on
   * @param name of the file, for errors
   * @param overrides each as in {@code training.epochs=2}
   * @throws dev.convoy.config.tree.ConfigException if anything in it is wrong
   * @throws IOException if it can't be read
   */
  public static Job read(InputStream in, String name, List<String> overrides) throws IOException {
    Mapping tree = Overrides.apply(TreeReader.read(in, name), overrides);
    return bind(tree);
  }

  /**
   * The job that a tree stands for, whose network may be written in short.
   *
   * @throws dev.convoy.config.tree.ConfigException if anything in it is wrong
   */
  public static Job bind(Mapping tree) {
    return Binder.bind(ShortNetwork.writtenOut(tree), Job.class);
  }
}

package dev.convoy.model;

import dev.convoy.config.binding.Binder;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.Tree.Mapping;

/**
 * The version of a format, which is checked before all else: what another has, no one here knows.
 */
final class FormatVersion {
  private static final String KEY = "formatVersion";

  private FormatVersion() {}

  /**
   * Refuses what has another version.
   *
   * @param what the file is to be, for errors
   */
  static void check(Mapping tree, int expected, String what, String name) {
    Tree version = tree.entries().get(KEY);
    if (version == null) {
      throw new ModelException(name + ": must be " + what + ", but has no " + KEY);
    }
    int found = Binder.bind(version, Integer.class);
    if (found != expected) {
      throw new ModelException(
          name
              + ": formatVersion must be "
              + expected
              + ", but is "
              + found
              + (found > expected ? ": a newer Convoy wrote it" : ""));
    }
  }
}

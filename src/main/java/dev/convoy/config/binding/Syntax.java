package dev.convoy.config.binding;

import dev.convoy.config.tree.Tree;

/**
 * Reads and writes a type that is no plain record in the syntax of jobs: both ways in one place.
 *
 * @param <T> the type
 */
public interface Syntax<T> {
  /**
   * The value that a tree stands for.
   *
   * @throws dev.convoy.config.tree.ConfigException if it stands for none
   */
  T read(Tree tree, Binder binder);

  /** The tree that stands for a value, with no place. */
  Tree write(T value, TreeWriter writer);
}

package dev.convoy.config;

/**
 * How a job writes a type that is no plain record: both ways in one place.
 *
 * @param <T> the type
 */
interface Syntax<T> {
  /**
   * The value that a tree stands for.
   *
   * @throws ConfigException if it stands for none
   */
  T read(Tree tree, Binder binder);

  /** The tree that stands for a value, with no place. */
  Tree write(T value, TreeWriter writer);
}

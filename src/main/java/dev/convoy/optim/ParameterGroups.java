package dev.convoy.optim;

import dev.convoy.nn.Slices;
import java.io.Serializable;
import java.util.List;

/**
 * Parameters, in groups that are stepped at rates of their own. Together they are all of an array.
 *
 * @param groups none of which shares a value with another
 */
public record ParameterGroups(List<Group> groups) implements Serializable {
  /**
   * Parameters that are stepped alike.
   *
   * @param values of the array of all groups
   * @param rate what the learning rate is multiplied by
   * @param start steps that were made before the first of these, so that an optimizer whose step
   *     depends on its number begins anew
   */
  public record Group(Slices values, double rate, long start) implements Serializable {}

  public ParameterGroups {
    groups = List.copyOf(groups);
  }

  /** Returns one group, of all of an array, at the learning rate itself. */
  public static ParameterGroups one(int count) {
    return new ParameterGroups(List.of(new Group(Slices.all(count), 1, 0)));
  }
}

package dev.convoy.nn.replica;

import dev.convoy.nn.Node;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Relu;
import java.util.Arrays;
import java.util.List;

/**
 * Which neighbour does the work of a {@code Relu}, to save its passes over memory: the largest of
 * rectified values is the rectified largest, which are fewer; and a normalised channel is rectified
 * while it is still in the cache. Results are the same to the bit.
 */
final class Rectification {
  private static final int NONE = -1;

  private final int[] by;

  private Rectification(int[] by) {
    this.by = by;
  }

  /**
   * Of a network.
   *
   * @param keepsValues whether the output or its gradient is asked for of every layer, so that each
   *     does its own work
   */
  static Rectification of(List<Node> nodes, boolean keepsValues) {
    int[] by = new int[nodes.size()];
    Arrays.fill(by, NONE);
    for (int i = 0; i < by.length && !keepsValues; i++) {
      if (nodes.get(i).layer() instanceof Relu) {
        by[i] = neighbour(nodes, i);
      }
    }
    return new Rectification(by);
  }

  private static int neighbour(List<Node> nodes, int relu) {
    int reader = onlyReader(nodes, relu);
    if (reader != NONE && nodes.get(reader).layer() instanceof MaxPool2d) {
      return reader;
    }
    int source = nodes.get(relu).source() - 1;
    boolean normalized = source >= 0 && nodes.get(source).layer() instanceof BatchNorm2d;
    return normalized && onlyReader(nodes, source) == relu ? source : NONE;
  }

  /** The only node that reads a node's output; -1 if there are several, or none. */
  private static int onlyReader(List<Node> nodes, int node) {
    int found = NONE;
    for (int i = node + 1; i < nodes.size(); i++) {
      for (int source : nodes.get(i).sources()) {
        if (source == node + 1) {
          if (found != NONE) {
            return NONE;
          }
          found = i;
        }
      }
    }
    return found;
  }

  /** Whether a node's own work is done by a neighbour. */
  boolean isDone(int node) {
    return by[node] != NONE;
  }

  /** Whether a node rectifies for a neighbour. */
  boolean isDoneBy(int node) {
    return Arrays.stream(by).anyMatch(i -> i == node);
  }
}

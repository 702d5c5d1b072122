package dev.convoy.nn.replica.fusion;

import java.util.List;

/**
 * A node next to another one, directly or past a rectification.
 *
 * @param node its number
 * @param relu the number of the rectification between the two; {@link FusionGraph#NONE} for none
 */
record Neighbour(int node, int relu) {
  /** Returns whether a rectification lies between. */
  boolean isRectified() {
    return relu != FusionGraph.NONE;
  }

  /** Returns the numbers of the neighbour and of the rectification, if there is one. */
  List<Integer> withRelu() {
    return isRectified() ? List.of(relu, node) : List.of(node);
  }
}

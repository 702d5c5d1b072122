package dev.convoy.nn.replica.fusion;

import java.util.Optional;

/**
 * One way in which a node does neighbours' work along with its own, to save passes over memory, for
 * the same bits.
 */
interface Fusion {
  /**
   * Returns what a node would do along with its own work; empty unless it and its neighbours are
   * ones for this fusion.
   *
   * @param graph the network, and which of its nodes are in no fusion yet: all that the answer
   *     names are such
   * @param node such a node
   */
  Optional<Fused> matches(FusionGraph graph, int node);
}

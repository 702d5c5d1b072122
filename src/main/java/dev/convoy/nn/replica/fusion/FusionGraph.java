package dev.convoy.nn.replica.fusion;

import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Layer;
import dev.convoy.nn.layer.Relu;
import java.util.List;
import java.util.Optional;

/** A network as fusions look at it: who reads whom, and who is in no fusion yet. */
final class FusionGraph {
  /** Stands for a node that there is not. */
  static final int NONE = -1;

  private final List<Node> nodes;
  private final boolean[] wanted;
  private final int[] onlyReader;
  private final boolean[] fused;

  /**
   * Makes the graph of a network of which no node is fused.
   *
   * @param wanted whether the gradient of each value is asked for: of the network's input, then of
   *     each node's output
   */
  FusionGraph(List<Node> nodes, boolean[] wanted) {
    this.nodes = nodes;
    this.wanted = wanted;
    onlyReader = onlyReaders(nodes);
    fused = new boolean[nodes.size()];
  }

  private static int[] onlyReaders(List<Node> nodes) {
    int[] readers = new int[nodes.size() + 1];
    int[] last = new int[readers.length];
    for (int i = 0; i < nodes.size(); i++) {
      for (int source : nodes.get(i).sources()) {
        readers[source]++;
        last[source] = i;
      }
    }
    int[] only = new int[nodes.size()];
    for (int i = 0; i < only.length; i++) {
      only[i] = readers[i + 1] == 1 ? last[i + 1] : NONE;
    }
    return only;
  }

  /** Returns how many nodes there are. */
  int size() {
    return nodes.size();
  }

  /** Returns a node. */
  Node node(int node) {
    return nodes.get(node);
  }

  /**
   * Returns the number of the node whose output is a node's first input; {@link #NONE} for none.
   */
  int source(int node) {
    return nodes.get(node).source() - 1;
  }

  /**
   * Returns the only node that reads a node's output, and reads it once; {@link #NONE} if there are
   * several, or none.
   */
  int onlyReader(int node) {
    return onlyReader[node];
  }

  /**
   * Returns the node of this kind that alone reads a node's output, or what a rectification that
   * alone reads it makes of that.
   */
  Optional<Neighbour> behind(int node, Class<? extends Layer> kind) {
    int reader = onlyReader(node);
    int relu = isFree(reader, Relu.class) ? reader : NONE;
    int found = relu == NONE ? reader : onlyReader(relu);
    return isFree(found, kind) ? Optional.of(new Neighbour(found, relu)) : Optional.empty();
  }

  /**
   * Returns the node of this kind whose output a node alone reads, directly or past a rectification
   * that alone reads that.
   */
  Optional<Neighbour> before(int node, Class<? extends Layer> kind) {
    int source = source(node);
    int relu = isFree(source, Relu.class) ? source : NONE;
    int found = relu == NONE ? source : source(relu);
    boolean alone =
        isFree(found, kind)
            && onlyReader(source) == node
            && (relu == NONE || onlyReader(found) == relu);
    return alone ? Optional.of(new Neighbour(found, relu)) : Optional.empty();
  }

  /** Returns whether there is such a node, of this kind, in no fusion yet. */
  boolean isFree(int node, Class<? extends Layer> kind) {
    return node != NONE && !fused[node] && kind.isInstance(nodes.get(node).layer());
  }

  /** Returns whether the gradient of a node's first input is asked for. */
  boolean wantsInputGradient(int node) {
    return wanted[nodes.get(node).source()];
  }

  /** Marks a node as part of a fusion. */
  void fuse(int node) {
    fused[node] = true;
  }

  /** Returns whether a node is part of a fusion. */
  boolean isFused(int node) {
    return fused[node];
  }
}

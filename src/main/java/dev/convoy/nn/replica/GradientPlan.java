package dev.convoy.nn.replica;

import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.replica.step.AddingPass;
import dev.convoy.nn.replica.step.NodePass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * A plan of which buffer each value's gradient lies in on the way back, worked out once. The
 * gradients of a value with several readers are summed, the last reader's first. A buffer is used
 * again as soon as what it held is no longer needed, unless all gradients are kept.
 */
final class GradientPlan {
  private static final int NONE = -1;

  private final List<Node> nodes;
  private final int[] bufferOf;
  private final boolean[] wanted;
  private final boolean keep;
  private final Route[][] routes;
  private final List<Integer> sizes = new ArrayList<>();
  private final Deque<Integer> free = new ArrayDeque<>();

  /**
   * How one input of a node gets its gradient.
   *
   * @param target buffer that the node's pass writes; -1 where nobody asks for this gradient
   * @param sum buffer to which that is then added; -1 where it is the gradient already; the target
   *     itself where the pass adds
   */
  record Route(int target, int sum) {
    static final Route NOWHERE = new Route(NONE, NONE);

    boolean isWanted() {
      return target >= 0;
    }

    boolean adds() {
      return sum >= 0 && sum != target;
    }

    boolean isAddedByPass() {
      return sum >= 0 && sum == target;
    }
  }

  /**
   * A plan.
   *
   * @param wanted as {@link #wanted} has it
   * @param keep whether every gradient stays to be read, so that no two share a buffer
   */
  GradientPlan(Network network, NodePass[] passes, boolean[] wanted, boolean keep) {
    nodes = network.nodes();
    bufferOf = new int[nodes.size() + 1];
    Arrays.fill(bufferOf, NONE);
    this.wanted = wanted;
    this.keep = keep;
    routes = new Route[nodes.size()][];
    bufferOf[nodes.size()] = take(nodes.size());
    // The caller fills these, too, before the way back begins.
    for (int output : auxiliaryNodes(network)) {
      bufferOf[output + 1] = take(output + 1);
    }
    for (int i = nodes.size() - 1; i >= 0; i--) {
      routes[i] = wanted[i + 1] || i == nodes.size() - 1 ? route(i, passes[i]) : new Route[0];
    }
  }

  /**
   * Returns whether each value's gradient is needed: a parameter lies before it, or it hangs on the
   * input.
   *
   * @param wantsInput whether the gradient of the network's input is asked for
   */
  static boolean[] wanted(List<Node> nodes, boolean wantsInput) {
    return wanted(nodes, wantsInput, node -> !node.parameters().isEmpty());
  }

  /**
   * Returns the same of a network of which only some layers are trained.
   *
   * @param trained tells them
   */
  static boolean[] wanted(List<Node> nodes, boolean wantsInput, Predicate<Node> trained) {
    boolean[] wanted = new boolean[nodes.size() + 1];
    wanted[0] = wantsInput;
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      wanted[i + 1] = trained.test(node) || node.sources().stream().anyMatch(s -> wanted[s]);
    }
    return wanted;
  }

  /** Returns the numbers of the nodes that give a network's auxiliary outputs, in their order. */
  static int[] auxiliaryNodes(Network network) {
    List<String> names = network.nodes().stream().map(Node::name).toList();
    return network.auxiliaries().stream()
        .mapToInt(auxiliary -> names.indexOf(auxiliary.output()))
        .toArray();
  }

  private Route[] route(int node, NodePass pass) {
    List<Integer> sources = nodes.get(node).sources();
    int output = bufferOf[node + 1];
    Route[] found = new Route[sources.size()];
    boolean given = false;
    for (int j = 0; j < found.length; j++) {
      int source = sources.get(j);
      // The last input is served last: only it may take the output's own buffer.
      boolean inPlace = pass.gradientInPlace() && j == found.length - 1 && !keep;
      if (!wanted[source]) {
        found[j] = Route.NOWHERE;
      } else if (bufferOf[source] == NONE) {
        bufferOf[source] = inPlace ? output : take(source);
        given |= inPlace;
        found[j] = new Route(bufferOf[source], NONE);
      } else if (pass instanceof AddingPass adding && adding.adds()) {
        found[j] = new Route(bufferOf[source], bufferOf[source]);
      } else {
        int target = inPlace ? output : take(source);
        found[j] = new Route(target, bufferOf[source]);
        if (!inPlace) {
          free.push(target);
        }
      }
    }
    if (!given && !keep) {
      free.push(output);
    }
    return found;
  }

  private int take(int value) {
    if (free.isEmpty()) {
      sizes.add(0);
      free.push(sizes.size() - 1);
    }
    int buffer = free.pop();
    int size = value == 0 ? nodes.get(0).input().size() : nodes.get(value - 1).output().size();
    sizes.set(buffer, Math.max(sizes.get(buffer), size));
    return buffer;
  }

  /** Returns the floats of all buffers, an image. */
  long floats() {
    return sizes.stream().mapToLong(Integer::longValue).sum();
  }

  /** The buffers, for batches of so many lane blocks. */
  float[][] allocate(int blocks) {
    return sizes.stream()
        .map(size -> new float[Activations.length(size, blocks)])
        .toArray(float[][]::new);
  }

  /** The buffer of a value's gradient, or -1. */
  int bufferOf(int value) {
    return bufferOf[value];
  }

  /** Returns whether a node takes part in the way back. */
  boolean runs(int node) {
    return routes[node].length > 0;
  }

  /** Returns how a node's inputs get their gradients. */
  Route[] routes(int node) {
    return routes[node];
  }
}

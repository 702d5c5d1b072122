package dev.convoy.nn.replica.fusion;

import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Add;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Relu;
import java.util.Arrays;
import java.util.List;

/**
 * Which layers' work a neighbour does along with its own, to save passes over memory: a max pool
 * rectifies for a {@link Relu} before it, since the largest of rectified values is the rectified
 * largest; a batch normalisation for one behind it, while a channel is still in the cache; and a
 * sum of two, for batch normalisations before it and a rectification behind. A network's first
 * convolution, and one by Winograd's algorithm, pools, too, and rectifies what it pooled. One by
 * Winograd's algorithm normalises what it reads, too, where nobody else reads that. Results are the
 * same to the bit.
 */
public final class Neighbours {
  private static final int NONE = -1;

  private final List<Node> nodes;

  /** The node that does a node's work, or -1. */
  private final int[] by;

  private Neighbours(List<Node> nodes) {
    this.nodes = nodes;
    by = new int[nodes.size()];
    Arrays.fill(by, NONE);
  }

  /**
   * Of a network.
   *
   * @param wanted whether each value's gradient is asked for
   * @param keepsValues whether the output or its gradient is asked for of every layer, so that each
   *     does its own work
   */
  public static Neighbours of(List<Node> nodes, boolean[] wanted, boolean keepsValues) {
    Neighbours neighbours = new Neighbours(nodes);
    for (int i = 0; i < nodes.size() && !keepsValues; i++) {
      if (nodes.get(i).layer() instanceof Add) {
        neighbours.takeOnNormalizations(i);
      } else if (nodes.get(i).layer() instanceof Relu) {
        neighbours.by[i] = neighbours.rectifierFor(i);
      } else if (nodes.get(i).layer() instanceof MaxPool2d) {
        neighbours.letConvolutionPool(i, wanted);
      }
    }
    for (int i = 0; i < nodes.size() && !keepsValues; i++) {
      neighbours.letConvolutionNormalize(i, wanted);
    }
    return neighbours;
  }

  private void letConvolutionNormalize(int convolution, boolean[] wanted) {
    Node node = nodes.get(convolution);
    if (pooling(convolution) != null
        || !NormalizedConv2dPass.suits(node)
        || !wanted[node.source()]) {
      return;
    }
    int source = node.source() - 1;
    boolean rectified = source >= 0 && isNormalization(by[source]);
    int normalization = rectified ? by[source] : source;
    if (isNormalization(normalization)
        && !isDone(normalization)
        && onlyReader(source) == convolution
        && (rectified || !rectifies(normalization))) {
      by[source] = convolution;
      by[normalization] = convolution;
    }
  }

  private void takeOnNormalizations(int add) {
    List<Integer> sources = nodes.get(add).sources();
    for (int source : sources) {
      if (sources.size() == 2 && isNormalization(source - 1) && onlyReader(source - 1) == add) {
        by[source - 1] = add;
      }
    }
  }

  private int rectifierFor(int relu) {
    int reader = onlyReader(relu);
    if (reader != NONE && nodes.get(reader).layer() instanceof MaxPool2d) {
      return reader;
    }
    int source = nodes.get(relu).source() - 1;
    boolean rectifies = isNormalization(source) || normalizes(source);
    return rectifies && onlyReader(source) == relu ? source : NONE;
  }

  private void letConvolutionPool(int pool, boolean[] wanted) {
    int source = nodes.get(pool).source() - 1;
    boolean rectified = source >= 0 && by[source] == pool;
    int convolution = rectified ? nodes.get(source).source() - 1 : source;
    if (convolution >= 0
        && onlyReader(convolution) == (rectified ? source : pool)
        && pools(nodes.get(convolution), wanted, nodes.get(pool))) {
      by[pool] = convolution;
      by[source] = rectified ? convolution : by[source];
    }
  }

  private static boolean pools(Node convolution, boolean[] wanted, Node pool) {
    return PooledConv2dPass.suits(convolution, wanted[convolution.source()])
        || PooledWinogradPass.suits(convolution, pool);
  }

  private boolean isNormalization(int node) {
    return node >= 0 && nodes.get(node).layer() instanceof BatchNorm2d;
  }

  /** The only reader of a node's output, which reads it once; -1 if there are several, or none. */
  private int onlyReader(int node) {
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
  public boolean isDone(int node) {
    return by[node] != NONE;
  }

  /** Returns the node that does a node's work; -1 if it does its own. */
  public int doneBy(int node) {
    return by[node];
  }

  /** Whether a node rectifies for a neighbour. */
  public boolean rectifies(int node) {
    return takesOn(node, Relu.class);
  }

  /** Whether a node normalises for neighbours. */
  public boolean normalizes(int node) {
    return takesOn(node, BatchNorm2d.class);
  }

  private boolean takesOn(int node, Class<?> layer) {
    for (int i = 0; i < by.length; i++) {
      if (by[i] == node && node != NONE && layer.isInstance(nodes.get(i).layer())) {
        return true;
      }
    }
    return false;
  }

  /** The max pool whose work a node does; {@code null} if there is none. */
  public Node pooling(int node) {
    for (int i = 0; i < by.length; i++) {
      if (by[i] == node && nodes.get(i).layer() instanceof MaxPool2d) {
        return nodes.get(i);
      }
    }
    return null;
  }

  /** The batch normalisation that a convolution does before it; {@code null} if there is none. */
  public Node normalizedInput(int node) {
    for (int i = 0; i < by.length && nodes.get(node).layer() instanceof Conv2d; i++) {
      if (by[i] == node && isNormalization(i)) {
        return nodes.get(i);
      }
    }
    return null;
  }

  /** The batch normalisations that a node does for its inputs; {@code null} for others. */
  public Node[] normalizations(int node) {
    return nodes.get(node).sources().stream()
        .map(source -> source > 0 && by[source - 1] == node ? nodes.get(source - 1) : null)
        .toArray(Node[]::new);
  }
}

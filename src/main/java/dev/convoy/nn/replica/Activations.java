package dev.convoy.nn.replica;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.replica.step.NodePass;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan of the arrays of a replica's values in training: the network's input, then each node's
 * output. A layer that may work in place shares the array of its input, where nobody else reads
 * that.
 */
final class Activations {
  /** The array of each value, and the floats an image of each array. */
  private final int[] arrayOf;

  private final List<Integer> sizes = new ArrayList<>();

  /**
   * Plans them.
   *
   * @param keep whether every output stays to be read, so that only identities share arrays
   */
  Activations(Network network, NodePass[] passes, boolean keep) {
    List<Node> nodes = network.nodes();
    int[] readers = readers(nodes);
    arrayOf = new int[nodes.size() + 1];
    boolean[] overwritable = new boolean[arrayOf.length];
    sizes.add(network.input().size());
    for (int i = 0; i < passes.length; i++) {
      NodePass pass = passes[i];
      int source = nodes.get(i).source();
      boolean free = overwritable[source] && readers[source] == 1 && !keep;
      boolean shares = pass.isIdentity() || pass.inPlace() && free;
      arrayOf[i + 1] = shares ? arrayOf[source] : sizes.size();
      if (!shares) {
        sizes.add(pass.outputSize(nodes.get(i)));
      }
      // The values of an identity are also its input's: whoever else reads that still needs them.
      overwritable[i + 1] =
          pass.isIdentity() ? overwritable[source] && readers[source] == 1 : !pass.readsOutput();
    }
  }

  /** Returns how many nodes read each value. */
  private static int[] readers(List<Node> nodes) {
    int[] readers = new int[nodes.size() + 1];
    for (Node node : nodes) {
      node.sources().forEach(source -> readers[source]++);
    }
    return readers;
  }

  /** Returns the floats of all arrays, an image. */
  long floats() {
    return sizes.stream().mapToLong(Integer::longValue).sum();
  }

  /** Makes an array a value, some values' the same, for so many lane blocks. */
  float[][] allocate(int blocks) {
    float[][] arrays =
        sizes.stream().map(size -> new float[length(size, blocks)]).toArray(float[][]::new);
    float[][] values = new float[arrayOf.length][];
    for (int value = 0; value < values.length; value++) {
      values[value] = arrays[arrayOf[value]];
    }
    return values;
  }

  /** Floats of so many values an example. */
  static int length(int size, int blocks) {
    long length = (long) size * blocks * Lanes.WIDTH;
    if (length > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "A batch of "
              + blocks * Lanes.WIDTH
              + " examples needs "
              + length
              + " values in one layer, but an array holds fewer than 2^31; lower the batch size");
    }
    return (int) length;
  }
}

package dev.convoy.nn.replica;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.replica.step.NodePass;
import java.util.List;

/**
 * The arrays of a replica's values: the network's input, then each node's output. A layer that may
 * work in place shares the array of its input, where nobody else reads that.
 */
final class Activations {
  private Activations() {}

  /**
   * Makes them.
   *
   * @param blocks lane blocks at most in a batch
   * @param keep whether every output stays to be read, so that only identities share arrays
   */
  static float[][] allocate(Network network, NodePass[] passes, int blocks, boolean keep) {
    List<Node> nodes = network.nodes();
    int[] readers = readers(nodes);
    float[][] values = new float[nodes.size() + 1][];
    boolean[] overwritable = new boolean[values.length];
    values[0] = new float[length(network.input().size(), blocks)];
    for (int i = 0; i < passes.length; i++) {
      NodePass pass = passes[i];
      int source = nodes.get(i).source();
      boolean free = overwritable[source] && readers[source] == 1 && !keep;
      boolean shares = pass.isIdentity() || pass.inPlace() && free;
      values[i + 1] =
          shares ? values[source] : new float[length(pass.outputSize(nodes.get(i)), blocks)];
      // The values of an identity are also its input's: whoever else reads that still needs them.
      overwritable[i + 1] =
          pass.isIdentity() ? overwritable[source] && readers[source] == 1 : !pass.readsOutput();
    }
    return values;
  }

  /** Returns how many nodes read each value. */
  private static int[] readers(List<Node> nodes) {
    int[] readers = new int[nodes.size() + 1];
    for (Node node : nodes) {
      node.sources().forEach(source -> readers[source]++);
    }
    return readers;
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

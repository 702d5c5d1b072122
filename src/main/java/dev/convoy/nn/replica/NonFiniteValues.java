package dev.convoy.nn.replica;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.replica.step.NodePass;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of a forward pass first are NaN or infinite. Of layers that work in place, the
 * first stands for all: what they made of its output is what is looked at.
 *
 * @param where they are, as in {@code layer 'conv1'}; the network's input counts as well
 * @param images that have such a value there, by their places in the batch, ascending
 */
public record NonFiniteValues(String where, List<Integer> images) {
  /**
   * Finds them, the network's input first; nothing where there are none.
   *
   * @param values the network's input, then each node's output
   * @param images of the batch; what lies in the lanes behind them is not looked at
   */
  static @Nullable NonFiniteValues find(
      Network network, NodePass[] passes, float[][] values, int images) {
    for (int i = 0; i < values.length; i++) {
      float[] array = values[i];
      int size = size(network, passes, i);
      List<Integer> found =
          IntStream.range(0, images)
              .filter(image -> !isFinite(array, image, size))
              .boxed()
              .toList();
      if (!found.isEmpty()) {
        String name = i == 0 ? "the input" : "layer '" + network.nodes().get(i - 1).name() + "'";
        return new NonFiniteValues(name, found);
      }
    }
    return null;
  }

  private static boolean isFinite(float[] values, int image, int size) {
    int first = image / Lanes.WIDTH * size * Lanes.WIDTH + image % Lanes.WIDTH;
    for (int i = 0; i < size; i++) {
      if (!Float.isFinite(values[first + i * Lanes.WIDTH])) {
        return false;
      }
    }
    return true;
  }

  /** Floats an image of an array of values, which identities share with what they read. */
  static int size(Network network, NodePass[] passes, int value) {
    if (value == 0) {
      return network.input().size();
    }
    Node node = network.nodes().get(value - 1);
    NodePass pass = passes[value - 1];
    return pass.isIdentity() ? size(network, passes, node.source()) : pass.outputSize(node);
  }
}

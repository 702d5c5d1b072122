package dev.convoy.nn.replica;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Dense;
import dev.convoy.nn.replica.step.NodePass;
import dev.convoy.nn.replica.step.StepContext;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network's first layers in use, where no image depends on another: run lane block by lane block,
 * so that each layer finds in the cache what the one before it left. They end where dense layers
 * begin, which gain by many images at once.
 */
final class BlockwiseLayers {
  private final NodePass[] passes;
  private final StepContext step;

  /** Nodes of this part. */
  private final int end;

  /** A block of the network's input, and what each node reads with that in its place. */
  private final float[] input;

  private final float[][][] inputs;
  private final float[][] values;
  private final int outputSize;
  private final long[] nanoseconds;

  /** Parameters of this part lie before this place. */
  private final int parameters;

  /**
   * Those of which the passes keep what they made, as packed or transformed filters; absent before
   * the first use, so that a replica that only trains holds no second copy.
   */
  private float @Nullable [] known;

  private boolean knows;

  /**
   * The first layers of a replica.
   *
   * @param inputs what each node reads
   * @param values the network's input, then each node's output
   * @param step of one block, on the replica's parameters
   */
  BlockwiseLayers(
      Network network, NodePass[] passes, float[][][] inputs, float[][] values, StepContext step) {
    this.passes = passes;
    this.values = values;
    this.step = step;
    List<Node> nodes = network.nodes();
    end = end(nodes, values);
    input = new float[network.input().size() * Lanes.WIDTH];
    this.inputs = new float[end][][];
    for (int i = 0; i < end; i++) {
      this.inputs[i] =
          Arrays.stream(inputs[i])
              .map(read -> read == values[0] ? input : read)
              .toArray(float[][]::new);
    }
    outputSize = end == 0 ? 0 : nodes.get(end - 1).output().size() * Lanes.WIDTH;
    nanoseconds = new long[end];
    parameters =
        nodes.subList(0, end).stream()
            .flatMap(node -> node.parameters().stream())
            .mapToInt(parameter -> parameter.offset() + parameter.size())
            .max()
            .orElse(0);
  }

  /**
   * The most nodes before the first dense one of which only the last is read behind them; none if
   * they only hand the input on.
   */
  private static int end(List<Node> nodes, float[][] values) {
    int end = 0;
    while (end < nodes.size() && !(nodes.get(end).layer() instanceof Dense)) {
      end++;
    }
    while (end > 0 && isReadBehind(nodes, end)) {
      end--;
    }
    return values[end] == values[0] ? 0 : end;
  }

  private static boolean isReadBehind(List<Node> nodes, int end) {
    return nodes.subList(end, nodes.size()).stream()
        .anyMatch(node -> node.sources().stream().anyMatch(source -> source < end));
  }

  /** Nodes of this part; the first behind it reads the last one's output of all images. */
  int end() {
    return end;
  }

  /** Says that the passes have run otherwise since, and keep what they made of other parameters. */
  void forget() {
    knows = false;
  }

  private boolean isKnown() {
    float[] now = step.parameters();
    boolean same = knows && Arrays.equals(known, 0, parameters, now, 0, parameters);
    if (known == null) {
      known = new float[parameters];
    }
    if (!same) {
      System.arraycopy(now, 0, known, 0, parameters);
    }
    knows = true;
    return same;
  }

  /** Runs them; tells {@code clock} how long each took, if there is one. */
  void run(int images, @Nullable LayerClock clock) {
    int blocks = Lanes.blocks(images);
    Arrays.fill(nanoseconds, 0);
    boolean same = isKnown();
    // The last block first: each leaves its output at the start, whence it goes to its own place.
    for (int block = blocks - 1; block >= 0; block--) {
      int count = Math.min(Lanes.WIDTH, images - block * Lanes.WIDTH);
      step.begin(count, false, same || block < blocks - 1);
      System.arraycopy(values[0], block * input.length, input, 0, input.length);
      for (int i = 0; i < end; i++) {
        long start = clock == null ? 0 : System.nanoTime();
        passes[i].run(step, inputs[i], values[i + 1]);
        nanoseconds[i] += clock == null ? 0 : System.nanoTime() - start;
      }
      System.arraycopy(values[end], 0, values[end], block * outputSize, outputSize);
    }
    for (int i = 0; i < end && clock != null; i++) {
      clock.forward(i, nanoseconds[i]);
    }
  }
}

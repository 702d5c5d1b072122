package dev.convoy.nn.replica;

import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.replica.step.NodePass;
import dev.convoy.nn.replica.step.StepContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some neighbouring nodes in use, and the arrays of what they read and write. */
final class ForwardPart {
  private final List<Node> nodes;
  private final NodePass[] passes;
  private final int from;
  private final int to;
  private final int blocks;
  private final LifetimePlan plan;

  /**
   * One array a value; none before the first use, so that memory can be reckoned without taking it.
   */
  private float[][] values = {};

  /** What each node reads. */
  private final float[][][] inputs;

  /**
   * The nodes {@code from} to {@code to}, the latter excluded.
   *
   * @param passes of all nodes, of which those of the part are for {@code blocks} lane blocks
   */
  ForwardPart(Network network, NodePass[] passes, int from, int to, int blocks) {
    nodes = network.nodes();
    this.passes = passes;
    this.from = from;
    this.to = to;
    this.blocks = blocks;
    plan = new LifetimePlan(network, passes, from, to);
    inputs = new float[to - from][][];
  }

  /** Lane blocks at most. */
  int blocks() {
    return blocks;
  }

  /** Returns the plan of its arrays. */
  LifetimePlan plan() {
    return plan;
  }

  /** Returns the bytes of its arrays, and of what its passes keep. */
  long bytes() {
    long held = 0;
    for (int node = from; node < to; node++) {
      held += passes[node].heldFloats();
    }
    return plan.bytes(blocks) + held * Float.BYTES;
  }

  /** Returns the array of a value: what the nodes find, or make, or leave. */
  float[] value(int value) {
    if (values.length == 0) {
      values = plan.allocate(blocks);
      for (int node = from; node < to; node++) {
        inputs[node - from] =
            nodes.get(node).sources().stream().map(s -> values[s]).toArray(float[][]::new);
      }
    }
    return values[value];
  }

  /** Runs the nodes on what lies in the arrays; adds how long each took to {@code nanoseconds}. */
  void run(StepContext step, long @Nullable [] nanoseconds) {
    for (int node = from; node < to; node++) {
      float[] output = value(node + 1);
      long start = nanoseconds == null ? 0 : System.nanoTime();
      passes[node].run(step, inputs[node - from], output);
      if (nanoseconds != null) {
        nanoseconds[node] += System.nanoTime() - start;
      }
    }
  }
}

package dev.convoy.nn.replica;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.nn.Network;
import dev.convoy.nn.Node;
import dev.convoy.nn.replica.fusion.FusionPlan;
import dev.convoy.nn.replica.step.NodePass;
import dev.convoy.nn.replica.step.PassContext;
import java.util.List;

/** The memory that a replica will take, reckoned from its plans without taking it. */
public final class ReplicaMemory {
  /** Floats of the largest array of a plan: beyond, the passes could not even be planned. */
  private static final long PLANNABLE = 1L << 28;

  private final Network network;

  private ReplicaMemory(Network network) {
    this.network = network;
  }

  /** Returns the bytes of a replica in use beside the weights, which it does not copy. */
  public static long forwardBytes(Network network, int batchSize) {
    return new ReplicaMemory(network).linear(Lanes.blocks(batchSize), false);
  }

  /**
   * Returns the bytes of a replica that trains: parameters, gradients, values and their gradients,
   * what layers keep from forward to backward, and the workspace.
   */
  public static long trainingBytes(Network network, int batchSize) {
    long weights = (2L * network.parameterCount() + network.bufferCount()) * Float.BYTES;
    return weights + new ReplicaMemory(network).linear(Lanes.blocks(batchSize), true);
  }

  /** Returns the bytes for so many lane blocks from those for one and two, in steps that fit. */
  private long linear(int blocks, boolean trains) {
    if (largest() * Lanes.WIDTH > PLANNABLE) {
      return values() * blocks * Lanes.WIDTH * Float.BYTES;
    }
    long one = bytes(1, trains);
    return blocks == 1 ? one : one + (blocks - 1) * (bytes(2, trains) - one);
  }

  private long largest() {
    long most = network.input().size();
    for (Node node : network.nodes()) {
      most = Math.max(most, node.output().size());
    }
    return most;
  }

  /** Returns the values of all layers. */
  private long values() {
    return network.input().size()
        + network.nodes().stream().mapToLong(node -> node.output().size()).sum();
  }

  private long bytes(int blocks, boolean trains) {
    Kernels kernels = Kernels.scalar();
    if (trains) {
      return trainingFloats(blocks, kernels) * Float.BYTES;
    }
    return ForwardReplica.planned(network, blocks * Lanes.WIDTH, kernels).bytes();
  }

  private long trainingFloats(int blocks, Kernels kernels) {
    List<Node> nodes = network.nodes();
    boolean[] wanted = GradientPlan.wanted(nodes, false);
    FusionPlan fusions = FusionPlan.of(nodes, wanted);
    NodePass[] passes = new NodePass[nodes.size()];
    long held = 0;
    for (int i = 0; i < passes.length; i++) {
      Node node = nodes.get(i);
      passes[i] = fusions.pass(i, new PassContext(node, blocks, kernels, wanted[node.source()]));
      held += passes[i].heldFloats();
    }
    long floats =
        new Activations(network, passes, false).floats()
            + new GradientPlan(network, passes, wanted, false).floats();
    return floats * blocks * Lanes.WIDTH + held + kernels.workspace().reservedFloats();
  }
}

package dev.convoy.nn.replica.fusion;

import dev.convoy.nn.Node;
import dev.convoy.nn.replica.pass.Passes;
import dev.convoy.nn.replica.pass.shape.IdentityPass;
import dev.convoy.nn.replica.step.NodePass;
import dev.convoy.nn.replica.step.PassContext;
import dev.convoy.nn.replica.step.PassMaker;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which nodes of a network are computed together, and by which passes. */
public final class FusionPlan {
  /**
   * The fusions in the order in which they are tried, each on all nodes, first to last; of two that
   * want the same node the earlier one gets it. So a convolution pools what it gives rather than
   * normalises what it reads, and a rectification before a max pool is the pool's, which rectifies
   * fewer values than a normalisation before it would.
   */
  private static final List<Fusion> FUSIONS =
      List.of(
          new WinogradAndMaxPool(),
          new FirstConv2dAndMaxPool(),
          new NormalizationAndWinograd(),
          new ReluAndMaxPool(),
          new ResidualSum(),
          new NormalizationAndRelu());

  private static final PassMaker ABSORBED = context -> new IdentityPass();

  /** The node that does a node's work: itself, unless that is absorbed. */
  private final int[] doneBy;

  private final PassMaker[] makers;

  private FusionPlan(int nodes) {
    doneBy = new int[nodes];
    Arrays.setAll(doneBy, node -> node);
    makers = new PassMaker[nodes];
    Arrays.fill(makers, (PassMaker) Passes::of);
  }

  /**
   * Plans a network.
   *
   * @param wanted whether the gradient of each value is asked for: of the network's input, then of
   *     each node's output
   */
  public static FusionPlan of(List<Node> nodes, boolean[] wanted) {
    FusionPlan plan = new FusionPlan(nodes.size());
    FusionGraph graph = new FusionGraph(nodes, wanted);
    for (Fusion fusion : FUSIONS) {
      for (int node = 0; node < graph.size(); node++) {
        if (!graph.isFused(node)) {
          plan.apply(fusion.matches(graph, node), graph, node);
        }
      }
    }
    return plan;
  }

  /** Plans a network of which every value or gradient is asked for: each node does its own work. */
  public static FusionPlan ofNone(List<Node> nodes) {
    return new FusionPlan(nodes.size());
  }

  private void apply(Optional<Fused> found, FusionGraph graph, int node) {
    found.ifPresent(
        fused -> {
          graph.fuse(node);
          makers[node] = fused.pass();
          for (int absorbed : fused.absorbed()) {
            graph.fuse(absorbed);
            doneBy[absorbed] = node;
            makers[absorbed] = ABSORBED;
          }
        });
  }

  /** Returns the number of the node that does a node's work: its own, or a neighbour's. */
  public int doneBy(int node) {
    return doneBy[node];
  }

  /**
   * Makes the pass of a node.
   *
   * @param number of the context's node
   */
  public NodePass pass(int number, PassContext context) {
    return makers[number].make(context);
  }
}

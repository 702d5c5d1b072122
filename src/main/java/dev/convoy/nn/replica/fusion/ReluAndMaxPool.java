package dev.convoy.nn.replica.fusion;

import dev.convoy.nn.layer.MaxPool2d;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.replica.pass.pool.MaxPool2dPass;
import java.util.List;
import java.util.Optional;

/**
 * A max pool rectifies for a rectification before it that nobody else reads: the largest of
 * rectified values is the rectified largest, and there are fewer of these.
 */
final class ReluAndMaxPool implements Fusion {
  @Override
  public Optional<Fused> matches(FusionGraph graph, int node) {
    int relu = graph.source(node);
    boolean matches =
        graph.isFree(node, MaxPool2d.class)
            && graph.isFree(relu, Relu.class)
            && graph.onlyReader(relu) == node;
    return matches
        ? Optional.of(new Fused(List.of(relu), MaxPool2dPass::rectifying))
        : Optional.empty();
  }
}

package dev.convoy.nn.replica.fusion;

import dev.convoy.nn.layer.MaxPool2d;
import java.util.Optional;

/**
 * A network's first convolution, of few channels, pools what it gives, and rectifies what it pooled
 * if a rectification lies between. Nobody asks for the gradient of what it reads.
 */
final class FirstConv2dAndMaxPool implements Fusion {
  @Override
  public Optional<Fused> matches(FusionGraph graph, int node) {
    if (!PooledConv2dPass.suits(graph.node(node), graph.wantsInputGradient(node))) {
      return Optional.empty();
    }
    return graph
        .behind(node, MaxPool2d.class)
        .map(
            pool ->
                new Fused(
                    pool.withRelu(),
                    context ->
                        new PooledConv2dPass(
                            context, graph.node(pool.node()), pool.isRectified())));
  }
}

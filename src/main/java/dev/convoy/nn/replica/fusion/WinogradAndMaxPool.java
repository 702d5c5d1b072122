package dev.convoy.nn.replica.fusion;

import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.MaxPool2d;
import java.util.Optional;

/**
 * A convolution by Winograd's algorithm pools what it gives while that is in the cache, and
 * rectifies what it pooled if a rectification lies between: the largest of rectified values is the
 * rectified largest.
 */
final class WinogradAndMaxPool implements Fusion {
  @Override
  public Optional<Fused> matches(FusionGraph graph, int node) {
    if (!graph.isFree(node, Conv2d.class)) {
      return Optional.empty();
    }
    return graph
        .behind(node, MaxPool2d.class)
        .filter(pool -> PooledWinogradPass.suits(graph.node(node), graph.node(pool.node())))
        .map(
            pool ->
                new Fused(
                    pool.withRelu(),
                    context ->
                        new PooledWinogradPass(
                            context, graph.node(pool.node()), pool.isRectified())));
  }
}

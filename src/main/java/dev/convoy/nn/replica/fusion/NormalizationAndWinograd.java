package dev.convoy.nn.replica.fusion;

import dev.convoy.nn.layer.BatchNorm2d;
import java.util.Optional;

/**
 * A convolution by Winograd's algorithm normalises what it reads, and rectifies it if a
 * rectification lies between, a few lane blocks at a time, so that this is never stored. Nobody
 * else reads it, and its gradient is asked for.
 */
final class NormalizationAndWinograd implements Fusion {
  @Override
  public Optional<Fused> matches(FusionGraph graph, int node) {
    if (!NormalizedConv2dPass.suits(graph.node(node)) || !graph.wantsInputGradient(node)) {
      return Optional.empty();
    }
    return graph
        .before(node, BatchNorm2d.class)
        .map(
            normalization ->
                new Fused(
                    normalization.withRelu(),
                    context ->
                        new NormalizedConv2dPass(
                            context,
                            graph.node(normalization.node()),
                            normalization.isRectified())));
  }
}

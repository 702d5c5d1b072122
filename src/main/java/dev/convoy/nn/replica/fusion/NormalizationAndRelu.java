package dev.convoy.nn.replica.fusion;

import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Relu;
import dev.convoy.nn.replica.pass.normalization.BatchNorm2dPass;
import java.util.List;
import java.util.Optional;

/**
 * A batch normalisation rectifies for a rectification behind it, while a channel is in the cache.
 * Nobody else reads what is normalised.
 */
final class NormalizationAndRelu implements Fusion {
  @Override
  public Optional<Fused> matches(FusionGraph graph, int node) {
    int relu = graph.onlyReader(node);
    return graph.isFree(node, BatchNorm2d.class) && graph.isFree(relu, Relu.class)
        ? Optional.of(new Fused(List.of(relu), context -> new BatchNorm2dPass(context, true)))
        : Optional.empty();
  }
}

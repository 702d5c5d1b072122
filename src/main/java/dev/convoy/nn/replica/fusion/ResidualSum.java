package dev.convoy.nn.replica.fusion;

import dev.convoy.nn.Node;
import dev.convoy.nn.layer.Add;
import dev.convoy.nn.layer.BatchNorm2d;
import dev.convoy.nn.layer.Relu;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sum of two values at the end of a residual block does the batch normalisation of one or both,
 * where nobody else reads what is normalised, and the rectification behind the sum, where nobody
 * else reads that.
 */
final class ResidualSum implements Fusion {
  @Override
  public Optional<Fused> matches(FusionGraph graph, int node) {
    List<Integer> sources = graph.node(node).sources();
    if (!graph.isFree(node, Add.class) || sources.size() != 2) {
      return Optional.empty();
    }
    @Nullable Node[] normalizations = new Node[2];
    List<Integer> absorbed = new ArrayList<>();
    for (int input = 0; input < 2; input++) {
      int source = sources.get(input) - 1;
      if (graph.isFree(source, BatchNorm2d.class) && graph.onlyReader(source) == node) {
        normalizations[input] = graph.node(source);
        absorbed.add(source);
      }
    }
    if (absorbed.isEmpty()) {
      return Optional.empty();
    }
    int relu = graph.onlyReader(node);
    boolean rectifies = graph.isFree(relu, Relu.class);
    if (rectifies) {
      absorbed.add(relu);
    }
    return Optional.of(
        new Fused(
            List.copyOf(absorbed),
            context -> new ResidualPass(context, normalizations, rectifies)));
  }
}

package dev.convoy.nn;

import dev.convoy.nn.layer.BatchNorm2d;
import java.io.Serializable;
import java.util.List;

/**
 * Where a layer's running means and variances lie in a network's buffers.
 *
 * @param mean offset of the means
 * @param variance offset of the variances
 * @param count channels
 */
public record RunningStatistics(int mean, int variance, int count) implements Serializable {
  /** Those of all layers that keep some, first to last. */
  public static List<RunningStatistics> of(Network network) {
    return network.nodes().stream()
        .filter(node -> node.layer() instanceof BatchNorm2d)
        .map(Node::buffers)
        .map(
            buffers ->
                new RunningStatistics(
                    buffers.get(0).offset(), buffers.get(1).offset(), buffers.get(0).size()))
        .toList();
  }
}

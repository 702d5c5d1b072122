package dev.convoy.nn;

import java.util.Optional;

/**
 * What sharing saves: how many weights a layer would need if it were connected otherwise.
 *
 * <p>Dense and locally connected layers are counted without biases, the layer itself with all it
 * has: for 28x28x1 to 26x26x32 by 3x3 filters the counts are 16,959,488, 194,688 and 320. Source:
 * Skalski, "Gentle Dive into Math Behind Convolutional Neural Networks", 2019.
 *
 * @param dense every output value with every input value: {@code in · out}
 * @param locallyConnected every output value with its window alone, by weights of its own: one a
 *     multiplication
 * @param shared the layer as it is, its biases included
 */
public record WeightCounts(long dense, long locallyConnected, long shared) {
  /** The counts for a layer, or nothing if it connects nothing: no weights, or one a channel. */
  public static Optional<WeightCounts> of(Node node) {
    return node.parameters().stream()
        .map(Parameter::spec)
        .filter(spec -> spec.name().equals("weight") && spec.shape().rank() > 1)
        .findFirst()
        .map(weight -> count(node));
  }

  private static WeightCounts count(Node node) {
    return new WeightCounts(
        (long) node.input().size() * node.output().size(),
        node.layer().multiplyAdds(node.input()),
        node.parameterCount());
  }
}

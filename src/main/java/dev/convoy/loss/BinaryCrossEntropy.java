package dev.convoy.loss;

import dev.convoy.api.PublicApi;
import dev.convoy.kernel.Kernels;
import dev.convoy.tensor.Check;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Cross-entropy of each output's own probability, from logits and targets of 0 and 1, for images
 * that may have several labels: {@code loss = -(w · t · log p + (1 - t) · log(1 - p))}, {@code p =
 * 1 / (1 + e^-x)}, averaged over examples and outputs. Weights do not count in that average. It is
 * computed as {@code w · t · softplus(-x) + (1 - t) · softplus(x)} with {@code softplus(x) = max(x,
 * 0) + log(1 + e^-|x|)}, which is finite for every finite x.
 *
 * @param positiveWeights w, how much a target of 1 counts more than one of 0, one an output, at
 *     least 0; all 1 by default
 */
@PublicApi
public record BinaryCrossEntropy(float @Nullable [] positiveWeights) implements Loss {
  public BinaryCrossEntropy(float @Nullable [] positiveWeights) {
    if (positiveWeights != null) {
      for (float weight : positiveWeights) {
        Check.notNegative(weight, "BinaryCrossEntropy.positiveWeights");
      }
    }
    this.positiveWeights = positiveWeights == null ? null : positiveWeights.clone();
  }

  /** Creates it without weights. */
  public BinaryCrossEntropy() {
    this(null);
  }

  @Override
  public BatchLoss bind(int outputs, Kernels kernels) {
    if (positiveWeights != null && positiveWeights.length != outputs) {
      throw new IllegalArgumentException(
          "BinaryCrossEntropy.positiveWeights needs one value an output, "
              + outputs
              + ", but has "
              + positiveWeights.length);
    }
    return new BinaryCrossEntropyBatch(this, outputs, kernels);
  }

  @Override
  public Task vectorTask() {
    return Task.MULTI_LABEL;
  }

  @Override
  public OutputActivation activation() {
    return OutputActivation.SIGMOID;
  }

  /** The logarithm of 2; what weights make of it depends on the targets. */
  @Override
  public OptionalDouble guessing(int outputs) {
    return positiveWeights == null ? OptionalDouble.of(StrictMath.log(2)) : OptionalDouble.empty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BinaryCrossEntropy that
        && Arrays.equals(positiveWeights, that.positiveWeights);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(positiveWeights);
  }
}

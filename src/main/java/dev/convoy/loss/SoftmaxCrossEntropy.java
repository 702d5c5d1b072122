package dev.convoy.loss;

import dev.convoy.api.PublicApi;
import dev.convoy.kernel.Kernels;
import dev.convoy.tensor.Check;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Cross-entropy of softmax probabilities, from logits and class numbers: {@code loss = -Σ_c w[c] ·
 * t[c] · log p[c]}, {@code p = softmax(x)}, averaged over the weights of the true classes. The
 * target t is 1 for the true class, or with smoothing e {@code 1 - e} there and {@code e / C} added
 * everywhere. Source: Szegedy et al., CVPR 2016, for the smoothing.
 *
 * @param labelSmoothing e, in {@code [0, 1)}; 0 by default
 * @param classWeights w, one a class, at least 0; all 1 by default
 */
@PublicApi
public record SoftmaxCrossEntropy(float labelSmoothing, float @Nullable [] classWeights)
    implements Loss {
  public SoftmaxCrossEntropy(float labelSmoothing, float @Nullable [] classWeights) {
    this.labelSmoothing = Check.fraction(labelSmoothing, "SoftmaxCrossEntropy.labelSmoothing");
    if (classWeights != null) {
      for (float weight : classWeights) {
        Check.notNegative(weight, "SoftmaxCrossEntropy.classWeights");
      }
    }
    this.classWeights = classWeights == null ? null : classWeights.clone();
  }

  /** Creates it without smoothing and weights. */
  public SoftmaxCrossEntropy() {
    this(0, null);
  }

  @Override
  public BatchLoss bind(int outputs, Kernels kernels) {
    if (classWeights != null && classWeights.length != outputs) {
      throw new IllegalArgumentException(
          "SoftmaxCrossEntropy.classWeights needs one value a class, "
              + outputs
              + ", but has "
              + classWeights.length);
    }
    return new SoftmaxCrossEntropyBatch(this, outputs, kernels);
  }

  @Override
  public Task vectorTask() {
    return Task.CLASSIFICATION;
  }

  @Override
  public OutputActivation activation() {
    return OutputActivation.SOFTMAX;
  }

  /** The logarithm of the number of classes, whatever the smoothing and the weights. */
  @Override
  public OptionalDouble guessing(int outputs) {
    return OptionalDouble.of(StrictMath.log(outputs));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SoftmaxCrossEntropy that
        && labelSmoothing == that.labelSmoothing
        && Arrays.equals(classWeights, that.classWeights);
  }

  @Override
  public int hashCode() {
    return 31 * Float.hashCode(labelSmoothing) + Arrays.hashCode(classWeights);
  }
}

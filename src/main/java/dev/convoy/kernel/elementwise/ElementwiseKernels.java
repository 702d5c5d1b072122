package dev.convoy.kernel.elementwise;

import dev.convoy.tensor.Check;

/** Functions of single values, on whole arrays. */
public final class ElementwiseKernels {
  private final ElementwiseBackend backend;

  /** Checks what goes to this implementation. */
  public ElementwiseKernels(ElementwiseBackend backend) {
    this.backend = backend;
  }

  /** Computes {@code target = max(source, 0)}, which may be the same array; NaN stays NaN. */
  public void relu(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    checkPair(source, sourceOffset, target, targetOffset, count);
    backend.relu(source, sourceOffset, target, targetOffset, count);
  }

  /** Sets the gradient to 0 where {@link #relu}'s output is 0. */
  public void reluBackward(
      float[] output, int outputOffset, float[] gradient, int gradientOffset, int count) {
    checkPair(output, outputOffset, gradient, gradientOffset, count);
    backend.reluBackward(output, outputOffset, gradient, gradientOffset, count);
  }

  /**
   * Sets {@code target = other} where the test value is not above 0, NaN among these: a choice
   * without branches.
   */
  public void replaceUnlessPositive(
      float[] test,
      int testOffset,
      float[] other,
      int otherOffset,
      float[] target,
      int targetOffset,
      int count) {
    checkPair(other, otherOffset, target, targetOffset, count);
    Check.range(testOffset, count, test.length, "test");
    backend.replaceUnlessPositive(
        test, testOffset, other, otherOffset, target, targetOffset, count);
  }

  /** Computes {@code target = exp(source)}, which may be the same array. */
  public void exp(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    checkPair(source, sourceOffset, target, targetOffset, count);
    backend.exp(source, sourceOffset, target, targetOffset, count);
  }

  /** Computes {@code target = exp(source) - 1}, which may be the same array. */
  public void expm1(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    checkPair(source, sourceOffset, target, targetOffset, count);
    backend.expm1(source, sourceOffset, target, targetOffset, count);
  }

  /** Computes {@code target = log(1 + source)}, which may be the same array. */
  public void log1p(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    checkPair(source, sourceOffset, target, targetOffset, count);
    backend.log1p(source, sourceOffset, target, targetOffset, count);
  }

  /** Computes {@code target = tanh(source)}, which may be the same array. */
  public void tanh(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    checkPair(source, sourceOffset, target, targetOffset, count);
    backend.tanh(source, sourceOffset, target, targetOffset, count);
  }

  /** Computes {@code target = 1 / (1 + exp(-source))}, which may be the same array. */
  public void sigmoid(
      float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    checkPair(source, sourceOffset, target, targetOffset, count);
    backend.sigmoid(source, sourceOffset, target, targetOffset, count);
  }

  /** Computes {@code target = erf(source)}, which may be the same array. */
  public void erf(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    checkPair(source, sourceOffset, target, targetOffset, count);
    backend.erf(source, sourceOffset, target, targetOffset, count);
  }

  /**
   * Draws factors of a dropout: {@code factors[i]} is 0 where {@link DropoutDraw#at} of key and i
   * lies below the threshold, the scale elsewhere.
   *
   * @param threshold 0 to 2^24
   */
  public void dropoutFactors(
      long key, int threshold, float scale, float[] factors, int offset, int count) {
    Check.range(offset, count, factors.length, "dropoutFactors");
    backend.dropoutFactors(key, threshold, scale, factors, offset, count);
  }

  private static void checkPair(float[] source, int from, float[] target, int to, int count) {
    Check.range(from, count, source.length, "source");
    Check.range(to, count, target.length, "target");
  }
}

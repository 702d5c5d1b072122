package dev.convoy.kernel.elementwise;

/** Functions of single values, a vector of them at a time. */
public final class VectorElementwise implements ElementwiseBackend {
  private final VectorErrorFunction errorFunction = new VectorErrorFunction();

  @Override
  public void relu(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    VectorRectifier.forward(source, sourceOffset, target, targetOffset, count);
  }

  @Override
  public void reluBackward(
      float[] output, int outputOffset, float[] gradient, int gradientOffset, int count) {
    VectorRectifier.backward(output, outputOffset, gradient, gradientOffset, count);
  }

  @Override
  public void replaceUnlessPositive(
      float[] test,
      int testOffset,
      float[] other,
      int otherOffset,
      float[] target,
      int targetOffset,
      int count) {
    VectorRectifier.replaceUnlessPositive(
        test, testOffset, other, otherOffset, target, targetOffset, count);
  }

  @Override
  public void exp(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    VectorMath.exp(source, sourceOffset, target, targetOffset, count);
  }

  @Override
  public void expm1(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    VectorMath.expm1(source, sourceOffset, target, targetOffset, count);
  }

  @Override
  public void log1p(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    VectorMath.log1p(source, sourceOffset, target, targetOffset, count);
  }

  @Override
  public void tanh(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    VectorMath.tanh(source, sourceOffset, target, targetOffset, count);
  }

  @Override
  public void sigmoid(
      float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    VectorMath.sigmoid(source, sourceOffset, target, targetOffset, count);
  }

  @Override
  public void erf(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    errorFunction.erf(source, sourceOffset, target, targetOffset, count);
  }

  @Override
  public void dropoutFactors(
      long key, int threshold, float scale, float[] factors, int offset, int count) {
    VectorDropoutFactors.draw(key, threshold, scale, factors, offset, count);
  }
}

package dev.convoy.kernel.elementwise;

/** Functions of single values in plain Java: those of {@link FloatMath}. */
public final class ScalarElementwise implements ElementwiseBackend {
  @Override
  public void relu(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    for (int i = 0; i < count; i++) {
      float x = source[sourceOffset + i];
      target[targetOffset + i] = x <= 0 ? 0 : x;
    }
  }

  @Override
  public void reluBackward(
      float[] output, int outputOffset, float[] gradient, int gradientOffset, int count) {
    for (int i = 0; i < count; i++) {
      if (output[outputOffset + i] <= 0) {
        gradient[gradientOffset + i] = 0;
      }
    }
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
    for (int i = 0; i < count; i++) {
      if (!(test[testOffset + i] > 0)) {
        target[targetOffset + i] = other[otherOffset + i];
      }
    }
  }

  @Override
  public void exp(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    for (int i = 0; i < count; i++) {
      target[targetOffset + i] = FloatMath.exp(source[sourceOffset + i]);
    }
  }

  @Override
  public void expm1(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    for (int i = 0; i < count; i++) {
      target[targetOffset + i] = FloatMath.expm1(source[sourceOffset + i]);
    }
  }

  @Override
  public void log1p(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    for (int i = 0; i < count; i++) {
      target[targetOffset + i] = FloatMath.log1p(source[sourceOffset + i]);
    }
  }

  @Override
  public void tanh(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    for (int i = 0; i < count; i++) {
      target[targetOffset + i] = FloatMath.tanh(source[sourceOffset + i]);
    }
  }

  @Override
  public void sigmoid(
      float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    for (int i = 0; i < count; i++) {
      target[targetOffset + i] = FloatMath.sigmoid(source[sourceOffset + i]);
    }
  }

  @Override
  public void erf(float[] source, int sourceOffset, float[] target, int targetOffset, int count) {
    for (int i = 0; i < count; i++) {
      target[targetOffset + i] = FloatMath.erf(source[sourceOffset + i]);
    }
  }

  @Override
  public void dropoutFactors(
      long key, int threshold, float scale, float[] factors, int offset, int count) {
    for (int i = 0; i < count; i++) {
      // By the sign of the difference: no processor could foresee a branch.
      int dropped = DropoutDraw.at(key, i) - threshold >> Integer.SIZE - 1;
      factors[offset + i] = scale * (1 + dropped);
    }
  }
}

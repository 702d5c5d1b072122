package dev.convoy.kernel.elementwise;

import static dev.convoy.kernel.elementwise.FloatMath.E0;
import static dev.convoy.kernel.elementwise.FloatMath.E1;
import static dev.convoy.kernel.elementwise.FloatMath.E2;
import static dev.convoy.kernel.elementwise.FloatMath.E3;
import static dev.convoy.kernel.elementwise.FloatMath.E4;
import static dev.convoy.kernel.elementwise.FloatMath.E5;
import static dev.convoy.kernel.elementwise.FloatMath.EXPM1_LEAST;
import static dev.convoy.kernel.elementwise.FloatMath.EXP_LEAST;
import static dev.convoy.kernel.elementwise.FloatMath.EXP_MOST;
import static dev.convoy.kernel.elementwise.FloatMath.L0;
import static dev.convoy.kernel.elementwise.FloatMath.L1;
import static dev.convoy.kernel.elementwise.FloatMath.L2;
import static dev.convoy.kernel.elementwise.FloatMath.L3;
import static dev.convoy.kernel.elementwise.FloatMath.L4;
import static dev.convoy.kernel.elementwise.FloatMath.L5;
import static dev.convoy.kernel.elementwise.FloatMath.L6;
import static dev.convoy.kernel.elementwise.FloatMath.L7;
import static dev.convoy.kernel.elementwise.FloatMath.L8;
import static dev.convoy.kernel.elementwise.FloatMath.LN2_HIGH;
import static dev.convoy.kernel.elementwise.FloatMath.LN2_LOW;
import static dev.convoy.kernel.elementwise.FloatMath.LOG2_E;
import static dev.convoy.kernel.elementwise.FloatMath.ROUND;
import static dev.convoy.kernel.elementwise.FloatMath.SQRT_HALF_BITS;
import static dev.convoy.kernel.elementwise.FloatMath.T0;
import static dev.convoy.kernel.elementwise.FloatMath.T1;
import static dev.convoy.kernel.elementwise.FloatMath.T2;
import static dev.convoy.kernel.elementwise.FloatMath.T3;
import static dev.convoy.kernel.elementwise.FloatMath.T4;
import static dev.convoy.kernel.elementwise.FloatMath.TANH_SMALL;

import dev.convoy.kernel.lane.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link FloatMath} by vectors: the same operations in the same order, lane by lane; the rest of an
 * array goes by the scalar form.
 *
 * <p>Helpers that return vectors are few and nested one deep: once a compiler stops inlining, every
 * vector becomes an object.
 */
final class VectorMath {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;

  private VectorMath() {}

  static void exp(float[] source, int from, float[] target, int to, int count) {
    int i = 0;
    for (; i <= count - SPECIES.length(); i += SPECIES.length()) {
      exp(FloatVector.fromArray(SPECIES, source, from + i)).intoArray(target, to + i);
    }
    for (; i < count; i++) {
      target[to + i] = FloatMath.exp(source[from + i]);
    }
  }

  static void tanh(float[] source, int from, float[] target, int to, int count) {
    int i = 0;
    for (; i <= count - SPECIES.length(); i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, source, from + i);
      FloatVector size = x.lanewise(VectorOperators.ABS);
      FloatVector one = FloatVector.broadcast(SPECIES, 1);
      FloatVector two = FloatVector.broadcast(SPECIES, 2);
      FloatVector large = one.sub(two.div(exp(size.add(size)).add(one)));
      FloatVector z = x.mul(x);
      FloatVector p = FloatVector.broadcast(SPECIES, T0);
      p = p.fma(z, FloatVector.broadcast(SPECIES, T1));
      p = p.fma(z, FloatVector.broadcast(SPECIES, T2));
      p = p.fma(z, FloatVector.broadcast(SPECIES, T3));
      p = p.fma(z, FloatVector.broadcast(SPECIES, T4));
      FloatVector small = p.mul(z).fma(x, x);
      large
          .blend(large.neg(), x.compare(VectorOperators.LT, 0f))
          .blend(small, size.compare(VectorOperators.LT, TANH_SMALL))
          .intoArray(target, to + i);
    }
    for (; i < count; i++) {
      target[to + i] = FloatMath.tanh(source[from + i]);
    }
  }

  static void sigmoid(float[] source, int from, float[] target, int to, int count) {
    int i = 0;
    for (; i <= count - SPECIES.length(); i += SPECIES.length()) {
      FloatVector one = FloatVector.broadcast(SPECIES, 1);
      FloatVector e = exp(FloatVector.fromArray(SPECIES, source, from + i).neg());
      one.div(one.add(e)).intoArray(target, to + i);
    }
    for (; i < count; i++) {
      target[to + i] = FloatMath.sigmoid(source[from + i]);
    }
  }

  static void expm1(float[] source, int from, float[] target, int to, int count) {
    int i = 0;
    for (; i <= count - SPECIES.length(); i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, source, from + i);
      FloatVector rounded =
          x.fma(FloatVector.broadcast(SPECIES, LOG2_E), FloatVector.broadcast(SPECIES, ROUND));
      FloatVector k = rounded.sub(ROUND);
      FloatVector r = k.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), x);
      r = k.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), r);
      FloatVector p = FloatVector.broadcast(SPECIES, E0).fma(r, FloatVector.broadcast(SPECIES, E1));
      p = p.fma(r, FloatVector.broadcast(SPECIES, E2));
      p = p.fma(r, FloatVector.broadcast(SPECIES, E3));
      p = p.fma(r, FloatVector.broadcast(SPECIES, E4));
      p = p.fma(r, FloatVector.broadcast(SPECIES, E5));
      FloatVector e = p.fma(r.mul(r), r);
      IntVector exponent = rounded.reinterpretAsInts().sub(Float.floatToRawIntBits(ROUND));
      FloatVector half = power(exponent.sub(1));
      FloatVector y = e.fma(half, half.sub(0.5f)).mul(2f);
      y = y.blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, EXP_MOST));
      y.blend(-1f, x.compare(VectorOperators.LT, EXPM1_LEAST)).intoArray(target, to + i);
    }
    for (; i < count; i++) {
      target[to + i] = FloatMath.expm1(source[from + i]);
    }
  }

  static void log1p(float[] source, int from, float[] target, int to, int count) {
    int i = 0;
    for (; i <= count - SPECIES.length(); i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, source, from + i);
      IntVector exponent =
          x.add(1f).reinterpretAsInts().sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
      FloatVector scale = power(exponent.neg().add(2));
      FloatVector f =
          x.mul(0.25f)
              .fma(
                  scale,
                  scale.fma(
                      FloatVector.broadcast(SPECIES, 0.25f), FloatVector.broadcast(SPECIES, -1)));
      FloatVector z = f.mul(f);
      FloatVector p = FloatVector.broadcast(SPECIES, L0).fma(f, FloatVector.broadcast(SPECIES, L1));
      p = p.fma(f, FloatVector.broadcast(SPECIES, L2));
      p = p.fma(f, FloatVector.broadcast(SPECIES, L3));
      p = p.fma(f, FloatVector.broadcast(SPECIES, L4));
      p = p.fma(f, FloatVector.broadcast(SPECIES, L5));
      p = p.fma(f, FloatVector.broadcast(SPECIES, L6));
      p = p.fma(f, FloatVector.broadcast(SPECIES, L7));
      p = p.fma(f, FloatVector.broadcast(SPECIES, L8));
      // The exponent as a float, without a conversion of vectors.
      FloatVector k = exponent.add(Float.floatToRawIntBits(ROUND)).reinterpretAsFloats().sub(ROUND);
      FloatVector y = k.fma(FloatVector.broadcast(SPECIES, LN2_LOW), p.mul(f).mul(z));
      y = z.fma(FloatVector.broadcast(SPECIES, -0.5f), y).add(f);
      y = k.fma(FloatVector.broadcast(SPECIES, LN2_HIGH), y);
      y = y.blend(x, x.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY));
      y = y.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, -1f));
      y.blend(Float.NaN, x.compare(VectorOperators.LT, -1f)).intoArray(target, to + i);
    }
    for (; i < count; i++) {
      target[to + i] = FloatMath.log1p(source[from + i]);
    }
  }

  private static FloatVector exp(FloatVector x) {
    FloatVector round = FloatVector.broadcast(SPECIES, ROUND);
    FloatVector rounded = x.fma(FloatVector.broadcast(SPECIES, LOG2_E), round);
    FloatVector k = rounded.sub(round);
    IntVector exponent = rounded.reinterpretAsInts().sub(Float.floatToRawIntBits(ROUND));
    FloatVector r = k.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), x);
    r = k.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), r);
    FloatVector p = FloatVector.broadcast(SPECIES, E0).fma(r, FloatVector.broadcast(SPECIES, E1));
    p = p.fma(r, FloatVector.broadcast(SPECIES, E2));
    p = p.fma(r, FloatVector.broadcast(SPECIES, E3));
    p = p.fma(r, FloatVector.broadcast(SPECIES, E4));
    p = p.fma(r, FloatVector.broadcast(SPECIES, E5));
    FloatVector y = p.fma(r.mul(r), r).add(1f);
    IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
    y = y.mul(power(half)).mul(power(exponent.sub(half)));
    y = y.blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, EXP_MOST));
    return y.blend(0f, x.compare(VectorOperators.LT, EXP_LEAST));
  }

  private static FloatVector power(IntVector exponent) {
    return exponent.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
  }
}

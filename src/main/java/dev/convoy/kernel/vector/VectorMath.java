package dev.convoy.kernel.vector;

import static dev.convoy.kernel.FloatMath.E0;
import static dev.convoy.kernel.FloatMath.E1;
import static dev.convoy.kernel.FloatMath.E2;
import static dev.convoy.kernel.FloatMath.E3;
import static dev.convoy.kernel.FloatMath.E4;
import static dev.convoy.kernel.FloatMath.E5;
import static dev.convoy.kernel.FloatMath.ERF_MOST;
import static dev.convoy.kernel.FloatMath.ERF_SMALL;
import static dev.convoy.kernel.FloatMath.EXPM1_LEAST;
import static dev.convoy.kernel.FloatMath.EXP_LEAST;
import static dev.convoy.kernel.FloatMath.EXP_MOST;
import static dev.convoy.kernel.FloatMath.L0;
import static dev.convoy.kernel.FloatMath.L1;
import static dev.convoy.kernel.FloatMath.L2;
import static dev.convoy.kernel.FloatMath.L3;
import static dev.convoy.kernel.FloatMath.L4;
import static dev.convoy.kernel.FloatMath.L5;
import static dev.convoy.kernel.FloatMath.L6;
import static dev.convoy.kernel.FloatMath.L7;
import static dev.convoy.kernel.FloatMath.L8;
import static dev.convoy.kernel.FloatMath.LN2_HIGH;
import static dev.convoy.kernel.FloatMath.LN2_LOW;
import static dev.convoy.kernel.FloatMath.LOG2_E;
import static dev.convoy.kernel.FloatMath.R0;
import static dev.convoy.kernel.FloatMath.R1;
import static dev.convoy.kernel.FloatMath.R2;
import static dev.convoy.kernel.FloatMath.R3;
import static dev.convoy.kernel.FloatMath.R4;
import static dev.convoy.kernel.FloatMath.R5;
import static dev.convoy.kernel.FloatMath.R6;
import static dev.convoy.kernel.FloatMath.ROUND;
import static dev.convoy.kernel.FloatMath.S0;
import static dev.convoy.kernel.FloatMath.S1;
import static dev.convoy.kernel.FloatMath.S2;
import static dev.convoy.kernel.FloatMath.S3;
import static dev.convoy.kernel.FloatMath.S4;
import static dev.convoy.kernel.FloatMath.S5;
import static dev.convoy.kernel.FloatMath.SQRT_HALF_BITS;
import static dev.convoy.kernel.FloatMath.T0;
import static dev.convoy.kernel.FloatMath.T1;
import static dev.convoy.kernel.FloatMath.T2;
import static dev.convoy.kernel.FloatMath.T3;
import static dev.convoy.kernel.FloatMath.T4;
import static dev.convoy.kernel.FloatMath.TANH_SMALL;

import dev.convoy.kernel.FloatMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link FloatMath} by vectors: the same operations in the same order, lane by lane; the rest of an
 * array goes by the scalar form.
 */
final class VectorMath {
  private static final VectorSpecies<Float> SPECIES = Species.CHOSEN;

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
      FloatVector one = broadcast(1);
      FloatVector two = broadcast(2);
      FloatVector large = one.sub(two.div(exp(size.add(size)).add(one)));
      FloatVector z = x.mul(x);
      FloatVector p = broadcast(T0);
      p = p.fma(z, broadcast(T1));
      p = p.fma(z, broadcast(T2));
      p = p.fma(z, broadcast(T3));
      p = p.fma(z, broadcast(T4));
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
      FloatVector one = broadcast(1);
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
      FloatVector rounded = x.fma(broadcast(LOG2_E), broadcast(ROUND));
      FloatVector e = reducedExpm1(x, rounded.sub(ROUND));
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
      FloatVector f = x.mul(0.25f).fma(scale, scale.fma(broadcast(0.25f), broadcast(-1)));
      FloatVector z = f.mul(f);
      FloatVector p = broadcast(L0).fma(f, broadcast(L1));
      p = p.fma(f, broadcast(L2));
      p = p.fma(f, broadcast(L3));
      p = p.fma(f, broadcast(L4));
      p = p.fma(f, broadcast(L5));
      p = p.fma(f, broadcast(L6));
      p = p.fma(f, broadcast(L7));
      p = p.fma(f, broadcast(L8));
      // The exponent as a float, without a conversion of vectors.
      FloatVector k = exponent.add(Float.floatToRawIntBits(ROUND)).reinterpretAsFloats().sub(ROUND);
      FloatVector y = k.fma(broadcast(LN2_LOW), p.mul(f).mul(z));
      y = z.fma(broadcast(-0.5f), y).add(f);
      y = k.fma(broadcast(LN2_HIGH), y);
      y = y.blend(x, x.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY));
      y = y.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, -1f));
      y.blend(Float.NaN, x.compare(VectorOperators.LT, -1f)).intoArray(target, to + i);
    }
    for (; i < count; i++) {
      target[to + i] = FloatMath.log1p(source[from + i]);
    }
  }

  static void erf(float[] source, int from, float[] target, int to, int count) {
    int i = 0;
    for (; i <= count - SPECIES.length(); i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, source, from + i);
      FloatVector size = x.lanewise(VectorOperators.ABS);
      FloatVector t = size.min(ERF_MOST);
      FloatVector s = broadcast(S0).fma(t, broadcast(S1));
      s = s.fma(t, broadcast(S2));
      s = s.fma(t, broadcast(S3));
      s = s.fma(t, broadcast(S4));
      s = s.fma(t, broadcast(S5));
      FloatVector large = broadcast(1).sub(exp(s.mul(t)));
      FloatVector z = x.mul(x);
      FloatVector r = broadcast(R0).fma(z, broadcast(R1));
      r = r.fma(z, broadcast(R2));
      r = r.fma(z, broadcast(R3));
      r = r.fma(z, broadcast(R4));
      r = r.fma(z, broadcast(R5));
      r = r.fma(z, broadcast(R6));
      FloatVector small = r.fma(x, x);
      large
          .blend(large.neg(), x.compare(VectorOperators.LT, 0f))
          .blend(small, size.compare(VectorOperators.LT, ERF_SMALL))
          .intoArray(target, to + i);
    }
    for (; i < count; i++) {
      target[to + i] = FloatMath.erf(source[from + i]);
    }
  }

  private static FloatVector exp(FloatVector x) {
    FloatVector round = broadcast(ROUND);
    FloatVector rounded = x.fma(broadcast(LOG2_E), round);
    FloatVector k = rounded.sub(round);
    IntVector exponent = rounded.reinterpretAsInts().sub(Float.floatToRawIntBits(ROUND));
    FloatVector y = reducedExpm1(x, k).add(1f);
    IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
    y = y.mul(power(half)).mul(power(exponent.sub(half)));
    y = y.blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, EXP_MOST));
    return y.blend(0f, x.compare(VectorOperators.LT, EXP_LEAST));
  }

  private static FloatVector reducedExpm1(FloatVector x, FloatVector k) {
    FloatVector r = k.fma(broadcast(-LN2_HIGH), x);
    r = k.fma(broadcast(-LN2_LOW), r);
    FloatVector p = broadcast(E0).fma(r, broadcast(E1));
    p = p.fma(r, broadcast(E2));
    p = p.fma(r, broadcast(E3));
    p = p.fma(r, broadcast(E4));
    p = p.fma(r, broadcast(E5));
    return p.fma(r.mul(r), r);
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  private static FloatVector power(IntVector exponent) {
    return exponent.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
  }
}

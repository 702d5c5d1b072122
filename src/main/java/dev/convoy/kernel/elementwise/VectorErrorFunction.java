package dev.convoy.kernel.elementwise;

import static dev.convoy.kernel.elementwise.FloatMath.ERF_MOST;
import static dev.convoy.kernel.elementwise.FloatMath.ERF_SMALL;
import static dev.convoy.kernel.elementwise.FloatMath.R0;
import static dev.convoy.kernel.elementwise.FloatMath.R1;
import static dev.convoy.kernel.elementwise.FloatMath.R2;
import static dev.convoy.kernel.elementwise.FloatMath.R3;
import static dev.convoy.kernel.elementwise.FloatMath.R4;
import static dev.convoy.kernel.elementwise.FloatMath.R5;
import static dev.convoy.kernel.elementwise.FloatMath.R6;
import static dev.convoy.kernel.elementwise.FloatMath.S0;
import static dev.convoy.kernel.elementwise.FloatMath.S1;
import static dev.convoy.kernel.elementwise.FloatMath.S2;
import static dev.convoy.kernel.elementwise.FloatMath.S3;
import static dev.convoy.kernel.elementwise.FloatMath.S4;
import static dev.convoy.kernel.elementwise.FloatMath.S5;

import dev.convoy.kernel.lane.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link FloatMath#erf} by vectors, the same operations in the same order. The exponentials are
 * computed apart, in memory: in one loop with the rest they are too much for compilers to inline,
 * and every vector becomes an object.
 */
final class VectorErrorFunction {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;

  /** A kilobyte, which stays in the first-level cache; a multiple of every vector's length. */
  private static final int CHUNK = 256;

  private final float[] exponentials = new float[CHUNK];

  void erf(float[] source, int from, float[] target, int to, int count) {
    for (int start = 0; start < count; start += CHUNK) {
      int length = Math.min(CHUNK, count - start);
      exponents(source, from + start, length);
      VectorMath.exp(exponentials, 0, exponentials, 0, length);
      join(source, from + start, target, to + start, length);
    }
  }

  private void exponents(float[] source, int from, int count) {
    for (int i = 0; i <= count - SPECIES.length(); i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, source, from + i);
      FloatVector t = x.lanewise(VectorOperators.ABS).min(ERF_MOST);
      FloatVector s = FloatVector.broadcast(SPECIES, S0).fma(t, FloatVector.broadcast(SPECIES, S1));
      s = s.fma(t, FloatVector.broadcast(SPECIES, S2));
      s = s.fma(t, FloatVector.broadcast(SPECIES, S3));
      s = s.fma(t, FloatVector.broadcast(SPECIES, S4));
      s = s.fma(t, FloatVector.broadcast(SPECIES, S5));
      s.mul(t).intoArray(exponentials, i);
    }
  }

  private void join(float[] source, int from, float[] target, int to, int count) {
    int i = 0;
    for (; i <= count - SPECIES.length(); i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, source, from + i);
      FloatVector one = FloatVector.broadcast(SPECIES, 1);
      FloatVector large = one.sub(FloatVector.fromArray(SPECIES, exponentials, i));
      FloatVector z = x.mul(x);
      FloatVector r = FloatVector.broadcast(SPECIES, R0).fma(z, FloatVector.broadcast(SPECIES, R1));
      r = r.fma(z, FloatVector.broadcast(SPECIES, R2));
      r = r.fma(z, FloatVector.broadcast(SPECIES, R3));
      r = r.fma(z, FloatVector.broadcast(SPECIES, R4));
      r = r.fma(z, FloatVector.broadcast(SPECIES, R5));
      r = r.fma(z, FloatVector.broadcast(SPECIES, R6));
      FloatVector small = r.fma(x, x);
      large
          .blend(large.neg(), x.compare(VectorOperators.LT, 0f))
          .blend(small, x.lanewise(VectorOperators.ABS).compare(VectorOperators.LT, ERF_SMALL))
          .intoArray(target, to + i);
    }
    for (; i < count; i++) {
      target[to + i] = FloatMath.erf(source[from + i]);
    }
  }
}

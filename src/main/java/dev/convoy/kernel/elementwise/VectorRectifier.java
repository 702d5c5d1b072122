package dev.convoy.kernel.elementwise;

import dev.convoy.kernel.lane.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Rectification of whole arrays, where NaN is not below 0 and stays; and choices by sign. */
final class VectorRectifier {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;

  private VectorRectifier() {}

  static void forward(float[] source, int from, float[] target, int to, int count) {
    int i = 0;
    for (; i <= count - SPECIES.length(); i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, source, from + i);
      x.blend(0f, x.compare(VectorOperators.LE, 0f)).intoArray(target, to + i);
    }
    for (; i < count; i++) {
      float x = source[from + i];
      target[to + i] = x <= 0 ? 0 : x;
    }
  }

  static void backward(float[] output, int from, float[] gradient, int at, int count) {
    int i = 0;
    for (; i <= count - SPECIES.length(); i += SPECIES.length()) {
      FloatVector y = FloatVector.fromArray(SPECIES, output, from + i);
      FloatVector.fromArray(SPECIES, gradient, at + i)
          .blend(0f, y.compare(VectorOperators.LE, 0f))
          .intoArray(gradient, at + i);
    }
    for (; i < count; i++) {
      if (output[from + i] <= 0) {
        gradient[at + i] = 0;
      }
    }
  }

  static void replaceUnlessPositive(
      float[] test, int from, float[] other, int otherFrom, float[] target, int to, int count) {
    int i = 0;
    for (; i <= count - SPECIES.length(); i += SPECIES.length()) {
      FloatVector tested = FloatVector.fromArray(SPECIES, test, from + i);
      FloatVector.fromArray(SPECIES, other, otherFrom + i)
          .blend(
              FloatVector.fromArray(SPECIES, target, to + i),
              tested.compare(VectorOperators.GT, 0f))
          .intoArray(target, to + i);
    }
    for (; i < count; i++) {
      if (!(test[from + i] > 0)) {
        target[to + i] = other[otherFrom + i];
      }
    }
  }
}

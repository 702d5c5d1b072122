package dev.convoy.kernel.lane;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The choice of the vector width. Tests ask for a narrower one than the CPU prefers, to see what
 * other CPUs compute; nobody else gains by it.
 */
public final class VectorBits {
  private static final String PROPERTY = "convoy.vectorBits";

  private VectorBits() {}

  /** Returns the bits of the widest vectors that this CPU and JVM have, at most a lane block's. */
  public static int most() {
    return Math.min(Lanes.WIDTH * Float.SIZE, FloatVector.SPECIES_PREFERRED.vectorBitSize());
  }

  /**
   * Returns the vectors that {@code -Dconvoy.vectorBits} asks for, else the widest.
   *
   * @throws IllegalArgumentException if that is no width of vectors, or none of this CPU
   */
  public static VectorSpecies<Float> chosen() {
    int bits = choose(System.getProperty(PROPERTY), most());
    return VectorSpecies.of(float.class, VectorShape.forBitSize(bits));
  }

  static int choose(String wanted, int most) {
    if (wanted == null) {
      return most;
    }
    if (!wanted.matches("128|256|512")) {
      throw new IllegalArgumentException(
          "-D" + PROPERTY + " must be 128, 256 or 512, but was " + wanted);
    }
    int bits = Integer.parseInt(wanted);
    if (bits > most) {
      throw new IllegalArgumentException(
          "-D" + PROPERTY + " must be at most the " + most + " of this CPU, but was " + wanted);
    }
    return bits;
  }
}

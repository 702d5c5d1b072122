package dev.convoy.kernel.lane;

import jdk.incubator.vector.VectorSpecies;

/** The vector width of all kernels, a constant to the compiler. */
public final class VectorWidth {
  /** The vectors of all kernels: 4, 8 or 16 floats. */
  public static final VectorSpecies<Float> SPECIES = VectorBits.chosen();

  /**
   * Tells whether tiles may fill 32 vector registers: NEON and AVX-512 have as many, AVX2 has 16.
   * Vectors of eight floats count as AVX2's on any CPU, so that a narrower width computes what it
   * computes where it is the widest.
   */
  public static final boolean HAS_32_REGISTERS = SPECIES.length() != 8;

  private VectorWidth() {}
}

package dev.convoy.kernel.lane;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The vector width of all kernels: the CPU's preferred one, at most a lane block. */
public final class VectorWidth {
  public static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.length() > Lanes.WIDTH
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  /** AVX-512 and NEON have 32 vector registers, AVX2 has 16. */
  public static final boolean HAS_32_REGISTERS = SPECIES.length() != 8;

  private VectorWidth() {}
}

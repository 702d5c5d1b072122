package dev.convoy.kernel.vector;

import dev.convoy.kernel.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The vector width of all kernels: the CPU's preferred one, at most a lane block. */
final class Species {
  static final VectorSpecies<Float> CHOSEN =
      FloatVector.SPECIES_PREFERRED.length() > Lanes.WIDTH
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  /** AVX-512 and NEON have 32 vector registers, AVX2 has 16. */
  static final boolean HAS_32_REGISTERS = CHOSEN.length() != 8;

  private Species() {}
}

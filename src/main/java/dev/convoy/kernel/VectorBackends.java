package dev.convoy.kernel;

import dev.convoy.kernel.dense.VectorDense;
import dev.convoy.kernel.elementwise.VectorElementwise;
import dev.convoy.kernel.lane.VectorBits;
import dev.convoy.kernel.lane.VectorLaneSwap;
import dev.convoy.kernel.normalization.VectorNormalization;
import dev.convoy.kernel.panel.VectorPanels;
import dev.convoy.kernel.pool.VectorPools;
import dev.convoy.kernel.tap.VectorTaps;
import dev.convoy.kernel.winograd.VectorWinograd;
import jdk.incubator.vector.VectorSpecies;

/**
 * Kernels on vectors of the CPU's preferred width, by the JDK's incubating Vector API (JEP 338 and
 * its successors).
 */
final class VectorBackends {
  private VectorBackends() {}

  /**
   * Returns new ones; for the choice at start, by reflection.
   *
   * @throws IllegalArgumentException if a property asks for a width that the CPU lacks
   */
  static Backends create() {
    // Before any kernel's constant asks for it, which could not say what is wrong.
    VectorSpecies<Float> species = VectorBits.chosen();
    if (species.length() < 4) {
      throw new IllegalStateException(
          "Vector kernels need vectors of 128 bits or more, but this JVM prefers "
              + species.vectorBitSize());
    }
    return new Backends(
        "vector (" + species.length() + " lanes of " + species.vectorBitSize() + " bits)",
        new VectorLaneSwap(),
        new VectorTaps(),
        new VectorPanels(),
        new VectorWinograd(),
        new VectorDense(),
        new VectorPools(),
        new VectorElementwise(),
        new VectorNormalization());
  }
}

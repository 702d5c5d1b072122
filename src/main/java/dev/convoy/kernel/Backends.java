package dev.convoy.kernel;

import dev.convoy.kernel.dense.DenseBackend;
import dev.convoy.kernel.dense.ScalarDense;
import dev.convoy.kernel.elementwise.ElementwiseBackend;
import dev.convoy.kernel.elementwise.ScalarElementwise;
import dev.convoy.kernel.lane.LaneBackend;
import dev.convoy.kernel.lane.ScalarLaneSwap;
import dev.convoy.kernel.normalization.NormalizationBackend;
import dev.convoy.kernel.normalization.ScalarNormalization;
import dev.convoy.kernel.panel.PanelBackend;
import dev.convoy.kernel.panel.ScalarPanels;
import dev.convoy.kernel.pool.PoolBackend;
import dev.convoy.kernel.pool.ScalarPools;
import dev.convoy.kernel.tap.ScalarTaps;
import dev.convoy.kernel.tap.TapBackend;
import dev.convoy.kernel.winograd.ScalarWinograd;
import dev.convoy.kernel.winograd.WinogradBackend;

/**
 * One implementation of every family.
 *
 * @param description names it, as in {@code vector (16 lanes of 512 bits)}
 */
record Backends(
    String description,
    LaneBackend lanes,
    TapBackend taps,
    PanelBackend panels,
    WinogradBackend winograd,
    DenseBackend dense,
    PoolBackend pools,
    ElementwiseBackend elementwise,
    NormalizationBackend normalization) {

  /** Returns plain Java: the oracle of the vector kernels, and what runs without them. */
  static Backends scalar() {
    return new Backends(
        "scalar",
        new ScalarLaneSwap(),
        new ScalarTaps(),
        new ScalarPanels(),
        new ScalarWinograd(),
        new ScalarDense(),
        new ScalarPools(),
        new ScalarElementwise(),
        new ScalarNormalization());
  }
}

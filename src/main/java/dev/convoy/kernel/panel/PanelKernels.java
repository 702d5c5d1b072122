package dev.convoy.kernel.panel;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;
import dev.convoy.tensor.Check;

/**
 * Products of panels: matrices of which four lane blocks lie side by side, in the order in which
 * they are read.
 */
public final class PanelKernels {
  private final PanelBackend backend;

  /** Checks what goes to this implementation. */
  public PanelKernels(PanelBackend backend) {
    this.backend = backend;
  }

  /**
   * Multiplies panels of four lane blocks by filters: {@code target[panel, f, i] = Σ_t weights[f,
   * t] · source[panel, t, i]}, t in ascending order, from 0 on.
   *
   * @param weights {@code [filters/4][taps][4]}
   * @param filters a multiple of {@link Pack#SIZE}
   * @param source {@code [panels][taps][4][16]}
   * @param blocks lane blocks of all panels together; of the last panel at least two are computed
   * @param target {@code [panels][filters][4][16]}, overwritten
   */
  public void product(
      float[] weights,
      int weightsOffset,
      int filters,
      int taps,
      float[] source,
      int sourceOffset,
      int blocks,
      float[] target,
      int targetOffset) {
    if (filters % Pack.SIZE != 0) {
      throw new IllegalArgumentException(
          "panelProduct needs filters by " + Pack.SIZE + ", but got " + filters);
    }
    long panels = (blocks + Pack.SIZE - 1L) / Pack.SIZE * Pack.PANEL;
    Check.range(weightsOffset, (long) filters * taps, weights.length, "panelProduct weights");
    Check.range(sourceOffset, panels * taps, source.length, "panelProduct source");
    Check.range(targetOffset, panels * filters, target.length, "panelProduct target");
    int computed = blocks % Pack.SIZE == 1 ? blocks + 1 : blocks;
    backend.product(
        weights,
        weightsOffset,
        filters,
        taps,
        source,
        sourceOffset,
        computed,
        target,
        targetOffset);
  }

  /**
   * Adds what a panel gives to the gradient of its filters: {@code target[f, c] += Σ_k left[f, k] ·
   * right[k, c]}, k in ascending order, from 0 on.
   *
   * @param filters a multiple of {@link Pack#SIZE}
   * @param groups of sixteen channels
   * @param depth values of k: lanes of the panel that are used, at most {@link Pack#PANEL}
   * @param left {@code [filters][64]}
   * @param right channels in the lanes, two groups side by side: {@code [groups/2][64][2][16]}, and
   *     {@code [64][16]} of a last one without a partner
   * @param target {@code [filters][groups][16]}
   */
  public void addGradient(
      int filters,
      int groups,
      int depth,
      float[] left,
      int leftOffset,
      float[] right,
      int rightOffset,
      float[] target,
      int targetOffset) {
    if (filters % Pack.SIZE != 0 || depth < 0 || depth > Pack.PANEL) {
      throw new IllegalArgumentException(
          "addPanelGradient needs filters by "
              + Pack.SIZE
              + " and a depth of 0 to "
              + Pack.PANEL
              + ", but got "
              + filters
              + " and "
              + depth);
    }
    long size = (long) groups * Lanes.WIDTH;
    Check.range(leftOffset, (long) filters * Pack.PANEL, left.length, "addPanelGradient left");
    Check.range(rightOffset, size * Pack.PANEL, right.length, "addPanelGradient right");
    Check.range(targetOffset, filters * size, target.length, "addPanelGradient target");
    backend.addGradient(
        filters, groups, depth, left, leftOffset, right, rightOffset, target, targetOffset);
  }
}

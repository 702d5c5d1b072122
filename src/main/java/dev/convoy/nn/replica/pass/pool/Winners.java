package dev.convoy.nn.replica.pass.pool;

import dev.convoy.kernel.lane.Workspace;
import dev.convoy.kernel.lane.Workspace.Area;
import dev.convoy.nn.replica.step.PassContext;

/**
 * Which cell of each window was the largest: kept for the backward pass, or, where none follows,
 * written to the workspace and forgotten.
 */
public final class Winners {
  private final Workspace workspace;
  private final boolean kept;
  private final int length;

  /** Holds no floats before the first use. */
  private float[] own = {};

  /** Makes room for so many. */
  public Winners(PassContext context, int length) {
    workspace = context.kernels().workspace();
    kept = context.trains();
    this.length = length;
    if (!kept) {
      workspace.reserve(Area.WINNERS, length);
    }
  }

  /** Returns the array in which they lie, from its start on. */
  public float[] values() {
    if (!kept) {
      return workspace.of(Area.WINNERS);
    }
    if (own.length == 0) {
      own = new float[length];
    }
    return own;
  }

  /** Returns the floats that are kept from step to step. */
  public long heldFloats() {
    return kept ? length : 0;
  }
}

package dev.convoy.kernel;

import dev.convoy.tensor.Check;

/**
 * How three matrices lie in their arrays, for {@code target[m, n] += Σ_k left[m, k] · right[k, n]}.
 * Four rows of the left matrix lie side by side, so that one cache line serves four. Products are
 * summed by stretches of k, each from 0 on.
 *
 * @param rows m of the target, a multiple of {@link Kernels#PACK}
 * @param depth k, over which products are summed
 * @param columns n of the target, a multiple of {@link Lanes#WIDTH}
 * @param leftGroup from four rows of the left matrix to the next four
 * @param leftStep from one k to the next in the left matrix
 * @param rightStep from one k to the next in the right matrix, whose columns lie side by side
 * @param targetRow from one row of the target to the next
 */
public record MatrixGeometry(
    int rows, int depth, int columns, int leftGroup, int leftStep, int rightStep, int targetRow) {
  /** Products that are summed before they are added to the target. */
  public static final int STRETCH = 96;

  public MatrixGeometry {
    Check.positive(rows, "MatrixGeometry.rows");
    Check.positive(depth, "MatrixGeometry.depth");
    Check.positive(columns, "MatrixGeometry.columns");
    if (rows % Kernels.PACK != 0 || columns % Lanes.WIDTH != 0) {
      throw new IllegalArgumentException(
          "MatrixGeometry needs rows by "
              + Kernels.PACK
              + " and columns by "
              + Lanes.WIDTH
              + ", but got "
              + rows
              + " x "
              + columns);
    }
  }

  /** One past the last float of the left matrix, from its start. */
  long leftReach() {
    return (rows / Kernels.PACK - 1L) * leftGroup + (depth - 1L) * leftStep + Kernels.PACK;
  }

  /** One past the last float of the right matrix, from its start. */
  long rightReach() {
    return (depth - 1L) * rightStep + columns;
  }

  /** One past the last float of the target, from its start. */
  long targetReach() {
    return (rows - 1L) * targetRow + columns;
  }
}

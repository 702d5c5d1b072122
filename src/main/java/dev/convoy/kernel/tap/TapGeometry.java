package dev.convoy.kernel.tap;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.tensor.Check;

/**
 * The source values that each output sums. The outputs form a grid of positions; a position's sum
 * goes over taps, each at a fixed offset from where the position starts. Convolution, its input
 * gradient and products of matrices are of this form.
 *
 * <p>All strides and offsets count floats; each position is {@link Lanes#WIDTH} floats wide.
 *
 * @param offsets of each tap from the start of its position in the source
 * @param rows of the grid
 * @param columns of the grid
 * @param sourceRow from one row of positions to the next, in the source
 * @param sourceColumn from one position to the next in its row, in the source
 * @param targetRow from one row to the next, in the target
 * @param targetColumn from one position to the next in its row, in the target
 * @param targetPlane from one filter's grid to the next filter's, in the target
 */
public record TapGeometry(
    int[] offsets,
    int rows,
    int columns,
    int sourceRow,
    int sourceColumn,
    int targetRow,
    int targetColumn,
    int targetPlane) {

  public TapGeometry {
    Check.positive(offsets.length, "TapGeometry.offsets.length");
    Check.positive(rows, "TapGeometry.rows");
    Check.positive(columns, "TapGeometry.columns");
  }

  /** Returns how many taps there are. */
  public int taps() {
    return offsets.length;
  }

  /** Returns the same taps on another number of columns. */
  public TapGeometry withColumns(int columns) {
    return new TapGeometry(
        offsets, rows, columns, sourceRow, sourceColumn, targetRow, targetColumn, targetPlane);
  }

  /** Returns one past the last source float that is read, from the source's start. */
  public long sourceReach() {
    int largest = 0;
    for (int offset : offsets) {
      largest = Math.max(largest, offset);
    }
    return largest
        + (long) (rows - 1) * sourceRow
        + (long) (columns - 1) * sourceColumn
        + Lanes.WIDTH;
  }

  /**
   * Returns one past the last target float that is written for so many filters, from the target's
   * start.
   */
  public long targetReach(int filters) {
    return (long) (filters - 1) * targetPlane
        + (long) (rows - 1) * targetRow
        + (long) (columns - 1) * targetColumn
        + Lanes.WIDTH;
  }
}

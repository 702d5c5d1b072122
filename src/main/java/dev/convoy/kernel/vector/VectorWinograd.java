package dev.convoy.kernel.vector;

import static dev.convoy.kernel.Winograd.FAR;
import static dev.convoy.kernel.Winograd.FAR_CUBED;
import static dev.convoy.kernel.Winograd.NEAR;
import static dev.convoy.kernel.Winograd.NEAR_CUBED;
import static dev.convoy.kernel.Winograd.PATCH;
import static dev.convoy.kernel.Winograd.TILE;

import dev.convoy.kernel.Lanes;
import dev.convoy.kernel.Winograd;
import dev.convoy.kernel.WinogradBackend;
import dev.convoy.kernel.WinogradGeometry;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transforms whole lane blocks: first down the columns of a patch into a scratch of its size, then
 * along its rows. Rows and columns outside the plane read zeros.
 */
final class VectorWinograd implements WinogradBackend {
  private static final VectorSpecies<Float> SPECIES = Species.CHOSEN;
  private static final int LENGTH = SPECIES.length();

  /** From one row of the scratch to the next. */
  private static final int ROW = PATCH * Lanes.WIDTH;

  private final float[] scratch = new float[PATCH * ROW];
  private final float[] zeros = new float[Lanes.WIDTH];
  private final WinogradFilters filters = new WinogradFilters();

  /** The rows of a patch: where each starts, and whether it lies in the plane. */
  private final int[] rows = new int[PATCH];

  private final boolean[] inside = new boolean[PATCH];

  @Override
  public void filters(float[] cells, float[] target, int count) {
    filters.transform(cells, target, count);
  }

  @Override
  public void filterGradient(float[] source, float[] cells, int count) {
    filters.gradient(source, cells, count);
  }

  @Override
  public void input(
      WinogradGeometry geometry,
      float[] plane,
      int planeOffset,
      int firstTile,
      int tiles,
      float[] target,
      int targetOffset,
      int positionStride) {
    int height = geometry.inputHeight();
    int width = geometry.inputWidth();
    for (int t = 0; t < tiles; t++) {
      int top = geometry.outputRow(firstTile + t) - geometry.top();
      int left = geometry.outputColumn(firstTile + t) - geometry.left();
      boolean inside = top >= 0 && left >= 0 && top + PATCH <= height && left + PATCH <= width;
      int from = planeOffset + (top * width + left) * Lanes.WIDTH;
      int row = width * Lanes.WIDTH;
      float[] source = plane;
      if (!inside) {
        cut(plane, planeOffset, height, width, top, left);
        from = 0;
        row = ROW;
        source = scratch;
      }
      int to = targetOffset + t * Lanes.WIDTH;
      for (int part = 0; part < Lanes.WIDTH; part += LENGTH) {
        WinogradInput.transform(source, from + part, row, target, to + part, positionStride);
      }
    }
  }

  /** Copies a patch into the scratch, with zeros outside the plane. */
  private void cut(float[] plane, int offset, int height, int width, int top, int left) {
    int firstColumn = Math.max(0, -left);
    int columns = Math.min(PATCH, width - left) - firstColumn;
    Arrays.fill(scratch, 0);
    for (int i = Math.max(0, -top); i < Math.min(PATCH, height - top); i++) {
      int from = offset + ((top + i) * width + left + firstColumn) * Lanes.WIDTH;
      int to = i * ROW + firstColumn * Lanes.WIDTH;
      System.arraycopy(plane, from, scratch, to, columns * Lanes.WIDTH);
    }
  }

  private void findRows(int planeOffset, int top, int count, int height, int width) {
    for (int i = 0; i < count; i++) {
      inside[i] = top + i >= 0 && top + i < height;
      rows[i] = inside[i] ? planeOffset + (top + i) * width * Lanes.WIDTH : 0;
    }
  }

  @Override
  public void output(
      WinogradGeometry geometry,
      float[] source,
      int sourceOffset,
      int positionStride,
      int firstTile,
      int tiles,
      float start,
      float[] plane,
      int planeOffset) {
    int width = geometry.outputWidth() * Lanes.WIDTH;
    for (int t = 0; t < tiles; t++) {
      int row = geometry.outputRow(firstTile + t);
      int column = geometry.outputColumn(firstTile + t);
      int height = Math.min(TILE, geometry.outputHeight() - row);
      int columns = Math.min(TILE, geometry.outputWidth() - column);
      int from = sourceOffset + t * Lanes.WIDTH;
      int to = planeOffset + row * width + column * Lanes.WIDTH;
      for (int part = 0; part < Lanes.WIDTH; part += LENGTH) {
        outputColumns(source, from + part, positionStride, scratch, part);
        outputRows(scratch, part, start, plane, to + part, width, height, columns);
      }
    }
  }

  private static void outputColumns(
      float[] source, int from, int positionStride, float[] scratch, int part) {
    int step = PATCH * positionStride;
    for (int j = 0; j < PATCH; j++) {
      int at = from + j * positionStride;
      int to = j * Lanes.WIDTH + part;
      FloatVector m1 = FloatVector.fromArray(SPECIES, source, at + step);
      FloatVector m2 = FloatVector.fromArray(SPECIES, source, at + 2 * step);
      FloatVector m3 = FloatVector.fromArray(SPECIES, source, at + 3 * step);
      FloatVector m4 = FloatVector.fromArray(SPECIES, source, at + 4 * step);
      FloatVector sumNear = m1.add(m2);
      FloatVector gapNear = m1.sub(m2);
      FloatVector sumFar = m3.add(m4);
      FloatVector gapFar = m3.sub(m4);
      FloatVector m0 = FloatVector.fromArray(SPECIES, source, at);
      FloatVector m5 = FloatVector.fromArray(SPECIES, source, at + 5 * step);
      m0.add(sumNear).add(sumFar).intoArray(scratch, to);
      gapFar.fma(broadcast(FAR), gapNear.mul(NEAR)).intoArray(scratch, to + ROW);
      sumFar.fma(broadcast(2), sumNear.mul(0.5f)).intoArray(scratch, to + 2 * ROW);
      gapFar
          .fma(broadcast(FAR_CUBED), gapNear.fma(broadcast(NEAR_CUBED), m5))
          .intoArray(scratch, to + 3 * ROW);
    }
  }

  private static void outputRows(
      float[] scratch,
      int part,
      float start,
      float[] plane,
      int to,
      int width,
      int height,
      int columns) {
    for (int i = 0; i < height; i++) {
      int from = i * ROW + part;
      int at = to + i * width;
      FloatVector m1 = FloatVector.fromArray(SPECIES, scratch, from + Lanes.WIDTH);
      FloatVector m2 = FloatVector.fromArray(SPECIES, scratch, from + 2 * Lanes.WIDTH);
      FloatVector m3 = FloatVector.fromArray(SPECIES, scratch, from + 3 * Lanes.WIDTH);
      FloatVector m4 = FloatVector.fromArray(SPECIES, scratch, from + 4 * Lanes.WIDTH);
      FloatVector sumNear = m1.add(m2);
      FloatVector gapNear = m1.sub(m2);
      FloatVector sumFar = m3.add(m4);
      FloatVector gapFar = m3.sub(m4);
      FloatVector m0 = FloatVector.fromArray(SPECIES, scratch, from);
      FloatVector m5 = FloatVector.fromArray(SPECIES, scratch, from + 5 * Lanes.WIDTH);
      m0.add(sumNear).add(sumFar).add(start).intoArray(plane, at);
      if (columns > 1) {
        gapFar
            .fma(broadcast(FAR), gapNear.mul(NEAR))
            .add(start)
            .intoArray(plane, at + Lanes.WIDTH);
      }
      if (columns > 2) {
        sumFar
            .fma(broadcast(2), sumNear.mul(0.5f))
            .add(start)
            .intoArray(plane, at + 2 * Lanes.WIDTH);
      }
      if (columns > 3) {
        gapFar
            .fma(broadcast(FAR_CUBED), gapNear.fma(broadcast(NEAR_CUBED), m5))
            .add(start)
            .intoArray(plane, at + 3 * Lanes.WIDTH);
      }
    }
  }

  @Override
  public void outputGradient(
      WinogradGeometry geometry,
      float[] plane,
      int planeOffset,
      int firstTile,
      int tiles,
      float[] target,
      int targetOffset,
      int positionStride) {
    int width = geometry.outputWidth();
    for (int t = 0; t < tiles; t++) {
      int row = geometry.outputRow(firstTile + t);
      int column = geometry.outputColumn(firstTile + t);
      findRows(planeOffset, row, TILE, geometry.outputHeight(), width);
      int to = targetOffset + t * Lanes.WIDTH;
      for (int part = 0; part < Lanes.WIDTH; part += LENGTH) {
        gradientColumns(plane, column, width, part);
        gradientRows(scratch, part, target, to + part, positionStride);
      }
    }
  }

  private void gradientColumns(float[] plane, int left, int width, int part) {
    float[] p1 = inside[1] ? plane : zeros;
    float[] p2 = inside[2] ? plane : zeros;
    float[] p3 = inside[3] ? plane : zeros;
    int step1 = inside[1] ? Lanes.WIDTH : 0;
    int step2 = inside[2] ? Lanes.WIDTH : 0;
    int step3 = inside[3] ? Lanes.WIDTH : 0;
    int r0 = rows[0] + part;
    int r1 = rows[1] + part;
    int r2 = rows[2] + part;
    int r3 = rows[3] + part;
    for (int j = 0; j < TILE; j++) {
      int column = left + j;
      int to = j * Lanes.WIDTH + part;
      if (column >= width) {
        FloatVector zero = FloatVector.zero(SPECIES);
        zero.intoArray(scratch, to);
        zero.intoArray(scratch, to + ROW);
        zero.intoArray(scratch, to + 2 * ROW);
        zero.intoArray(scratch, to + 3 * ROW);
        zero.intoArray(scratch, to + 4 * ROW);
        zero.intoArray(scratch, to + 5 * ROW);
        continue;
      }
      FloatVector y0 = FloatVector.fromArray(SPECIES, plane, r0 + column * Lanes.WIDTH);
      FloatVector y1 = FloatVector.fromArray(SPECIES, p1, r1 + column * step1);
      FloatVector y2 = FloatVector.fromArray(SPECIES, p2, r2 + column * step2);
      FloatVector y3 = FloatVector.fromArray(SPECIES, p3, r3 + column * step3);
      FloatVector evenNear = y2.fma(broadcast(0.5f), y0);
      FloatVector oddNear = y3.fma(broadcast(NEAR_CUBED), y1.mul(NEAR));
      FloatVector evenFar = y2.fma(broadcast(2), y0);
      FloatVector oddFar = y3.fma(broadcast(FAR_CUBED), y1.mul(FAR));
      y0.intoArray(scratch, to);
      evenNear.add(oddNear).intoArray(scratch, to + ROW);
      evenNear.sub(oddNear).intoArray(scratch, to + 2 * ROW);
      evenFar.add(oddFar).intoArray(scratch, to + 3 * ROW);
      evenFar.sub(oddFar).intoArray(scratch, to + 4 * ROW);
      y3.intoArray(scratch, to + 5 * ROW);
    }
  }

  private static void gradientRows(
      float[] scratch, int part, float[] target, int to, int positionStride) {
    for (int i = 0; i < PATCH; i++) {
      int from = i * ROW + part;
      int at = to + i * PATCH * positionStride;
      FloatVector y0 = FloatVector.fromArray(SPECIES, scratch, from);
      FloatVector y1 = FloatVector.fromArray(SPECIES, scratch, from + Lanes.WIDTH);
      FloatVector y2 = FloatVector.fromArray(SPECIES, scratch, from + 2 * Lanes.WIDTH);
      FloatVector y3 = FloatVector.fromArray(SPECIES, scratch, from + 3 * Lanes.WIDTH);
      FloatVector evenNear = y2.fma(broadcast(0.5f), y0);
      FloatVector oddNear = y3.fma(broadcast(NEAR_CUBED), y1.mul(NEAR));
      FloatVector evenFar = y2.fma(broadcast(2), y0);
      FloatVector oddFar = y3.fma(broadcast(FAR_CUBED), y1.mul(FAR));
      y0.intoArray(target, at);
      evenNear.add(oddNear).intoArray(target, at + positionStride);
      evenNear.sub(oddNear).intoArray(target, at + 2 * positionStride);
      evenFar.add(oddFar).intoArray(target, at + 3 * positionStride);
      evenFar.sub(oddFar).intoArray(target, at + 4 * positionStride);
      y3.intoArray(target, at + 5 * positionStride);
    }
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }
}

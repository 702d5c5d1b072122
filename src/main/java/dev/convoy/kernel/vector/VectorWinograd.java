package dev.convoy.kernel.vector;

import static dev.convoy.kernel.Winograd.FAR;
import static dev.convoy.kernel.Winograd.FAR_CUBED;
import static dev.convoy.kernel.Winograd.NEAR;
import static dev.convoy.kernel.Winograd.NEAR_CUBED;
import static dev.convoy.kernel.Winograd.PATCH;
import static dev.convoy.kernel.Winograd.TILE;

import dev.convoy.kernel.Lanes;
import dev.convoy.kernel.WinogradBackend;
import dev.convoy.kernel.WinogradGeometry;
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
  private final Band band = new Band();
  private final WinogradFilters filters = new WinogradFilters();

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
      int tileStride,
      int positionStride) {
    int t = 0;
    while (t < tiles) {
      int tile = firstTile + t;
      int column = tile % geometry.tileColumns();
      int run = Math.min(tiles - t, geometry.tileColumns() - column);
      int top = geometry.outputRow(tile) - geometry.top();
      int left = column * TILE - geometry.left();
      int row = (run * TILE + PATCH - TILE) * Lanes.WIDTH;
      band.cut(
          plane, planeOffset, geometry.inputHeight(), geometry.inputWidth(), top, left, PATCH, row);
      for (int i = 0; i < run; i++) {
        int from = i * TILE * Lanes.WIDTH;
        int to = targetOffset + (t + i) * tileStride;
        for (int part = 0; part < Lanes.WIDTH; part += LENGTH) {
          WinogradInput.transform(
              band.values(), from + part, row, target, to + part, positionStride);
        }
      }
      t += run;
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
    int width = geometry.outputWidth();
    int t = 0;
    while (t < tiles) {
      int tile = firstTile + t;
      int column = tile % geometry.tileColumns();
      int run = Math.min(tiles - t, geometry.tileColumns() - column);
      int row = run * TILE * Lanes.WIDTH;
      float[] rows = band.reserve(TILE * row);
      for (int i = 0; i < run; i++) {
        int from = sourceOffset + (t + i) * Lanes.WIDTH;
        int to = i * TILE * Lanes.WIDTH;
        for (int part = 0; part < Lanes.WIDTH; part += LENGTH) {
          outputColumns(source, from + part, positionStride, scratch, part);
          outputRows(scratch, part, start, rows, to + part, row);
        }
      }
      band.paste(
          plane,
          planeOffset,
          geometry.outputHeight(),
          width,
          geometry.outputRow(tile),
          column * TILE,
          TILE,
          row);
      t += run;
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
      float[] scratch, int part, float start, float[] rows, int to, int row) {
    for (int i = 0; i < TILE; i++) {
      int from = i * ROW + part;
      int at = to + i * row;
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
      m0.add(sumNear).add(sumFar).add(start).intoArray(rows, at);
      gapFar.fma(broadcast(FAR), gapNear.mul(NEAR)).add(start).intoArray(rows, at + Lanes.WIDTH);
      sumFar.fma(broadcast(2), sumNear.mul(0.5f)).add(start).intoArray(rows, at + 2 * Lanes.WIDTH);
      gapFar
          .fma(broadcast(FAR_CUBED), gapNear.fma(broadcast(NEAR_CUBED), m5))
          .add(start)
          .intoArray(rows, at + 3 * Lanes.WIDTH);
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
      int tileStride,
      int positionStride) {
    int t = 0;
    while (t < tiles) {
      int tile = firstTile + t;
      int column = tile % geometry.tileColumns();
      int run = Math.min(tiles - t, geometry.tileColumns() - column);
      int row = run * TILE * Lanes.WIDTH;
      band.cut(
          plane,
          planeOffset,
          geometry.outputHeight(),
          geometry.outputWidth(),
          geometry.outputRow(tile),
          column * TILE,
          TILE,
          row);
      for (int i = 0; i < run; i++) {
        int from = i * TILE * Lanes.WIDTH;
        int to = targetOffset + (t + i) * tileStride;
        for (int part = 0; part < Lanes.WIDTH; part += LENGTH) {
          gradientColumns(band.values(), from + part, row, scratch, part);
          gradientRows(scratch, part, target, to + part, positionStride);
        }
      }
      t += run;
    }
  }

  private static void gradientColumns(float[] rows, int from, int row, float[] scratch, int part) {
    for (int j = 0; j < TILE; j++) {
      int at = from + j * Lanes.WIDTH;
      int to = j * Lanes.WIDTH + part;
      FloatVector y0 = FloatVector.fromArray(SPECIES, rows, at);
      FloatVector y1 = FloatVector.fromArray(SPECIES, rows, at + row);
      FloatVector y2 = FloatVector.fromArray(SPECIES, rows, at + 2 * row);
      FloatVector y3 = FloatVector.fromArray(SPECIES, rows, at + 3 * row);
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

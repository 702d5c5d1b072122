package dev.convoy.kernel.winograd;

import static dev.convoy.kernel.winograd.Winograd.FAR;
import static dev.convoy.kernel.winograd.Winograd.FAR_CUBED;
import static dev.convoy.kernel.winograd.Winograd.NEAR;
import static dev.convoy.kernel.winograd.Winograd.NEAR_CUBED;
import static dev.convoy.kernel.winograd.Winograd.PATCH;
import static dev.convoy.kernel.winograd.Winograd.TILE;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Scratch;
import dev.convoy.kernel.lane.VectorWidth;
import dev.convoy.kernel.pool.VectorMaxPool;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transform {@code start + Aᵀ m A} of a row of tiles at a time, by way of a band of four rows,
 * which is then copied to the plane in the order of memory.
 *
 * <p>Columns and rows, here and of inputs, are methods of more than 325 bytes of code, which the
 * compiler (by its FreqInlineSize) compiles by themselves: both inlined in one method pass what it
 * can keep in registers, and vectors become objects.
 */
final class VectorWinogradOutput {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
  private static final int LENGTH = SPECIES.length();

  /** The distance from one row of the columns' results to the next. */
  private static final int ROW = PATCH * Lanes.WIDTH;

  private final float[] columns = Scratch.of(TILE * ROW);
  private float[] band = Scratch.of(0);

  void transform(
      WinogradGeometry geometry,
      MapStrides maps,
      float[] source,
      int sourceOffset,
      TileLayout layout,
      int place,
      int firstTile,
      int tiles,
      float[] start,
      float[] planes,
      int planesOffset) {
    int t = 0;
    while (t < tiles) {
      int run = geometry.run(firstTile + t, tiles - t);
      for (int map = 0; map < maps.maps(); map++) {
        int from = sourceOffset + map * maps.tiles();
        fill(geometry, source, from, layout, place + t, firstTile + t, run, start[map]);
        paste(geometry, firstTile + t, run, planes, planesOffset + map * maps.plane());
      }
      t += run;
    }
  }

  void transformAndPool(
      WinogradGeometry geometry,
      MapStrides maps,
      float[] source,
      int sourceOffset,
      TileLayout layout,
      int place,
      int firstTile,
      int tiles,
      float[] start,
      float[] planes,
      float[] winners,
      int planesOffset) {
    int t = 0;
    while (t < tiles) {
      int run = geometry.run(firstTile + t, tiles - t);
      for (int map = 0; map < maps.maps(); map++) {
        int from = sourceOffset + map * maps.tiles();
        fill(geometry, source, from, layout, place + t, firstTile + t, run, start[map]);
        pool(geometry, firstTile + t, run, planes, winners, planesOffset + map * maps.plane());
      }
      t += run;
    }
  }

  /** Fills the band with the outputs of tiles of a row. */
  private void fill(
      WinogradGeometry geometry,
      float[] source,
      int sourceOffset,
      TileLayout layout,
      int place,
      int firstTile,
      int run,
      float start) {
    int row = run * TILE * Lanes.WIDTH;
    if (band.length < Scratch.START + TILE * row) {
      band = Scratch.of(TILE * row);
    }
    boolean isShort = geometry.isShort(firstTile);
    int narrow = geometry.isNarrow(firstTile + run - 1) ? run - 1 : run;
    for (int i = 0; i < run; i++) {
      int from = sourceOffset + layout.at(place + i);
      int to = Scratch.START + i * TILE * Lanes.WIDTH;
      for (int part = 0; part < Lanes.WIDTH; part += LENGTH) {
        int stride = layout.positionStride();
        int column = Scratch.START + part;
        if (isShort) {
          VectorShortTransforms.outputColumns(source, from + part, stride, columns, column, ROW);
        } else {
          columns(source, from + part, stride, columns, column);
        }
        if (i == narrow) {
          VectorShortTransforms.outputRows(columns, column, ROW, start, band, to + part, row);
        } else {
          rows(columns, column, start, band, to + part, row);
        }
      }
    }
  }

  private static void columns(float[] source, int from, int stride, float[] columns, int start) {
    FloatVector near = FloatVector.broadcast(SPECIES, NEAR);
    FloatVector far = FloatVector.broadcast(SPECIES, FAR);
    FloatVector nearCubed = FloatVector.broadcast(SPECIES, NEAR_CUBED);
    FloatVector farCubed = FloatVector.broadcast(SPECIES, FAR_CUBED);
    FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
    FloatVector two = FloatVector.broadcast(SPECIES, 2);
    int step = PATCH * stride;
    for (int j = 0; j < PATCH; j++) {
      int at0 = from + j * stride;
      int at1 = at0 + step;
      int at2 = at1 + step;
      int at3 = at2 + step;
      int at4 = at3 + step;
      int at5 = at4 + step;
      int to = start + j * Lanes.WIDTH;
      FloatVector m1 = FloatVector.fromArray(SPECIES, source, at1);
      FloatVector m2 = FloatVector.fromArray(SPECIES, source, at2);
      FloatVector m3 = FloatVector.fromArray(SPECIES, source, at3);
      FloatVector m4 = FloatVector.fromArray(SPECIES, source, at4);
      FloatVector sumNear = m1.add(m2);
      FloatVector gapNear = m1.sub(m2);
      FloatVector sumFar = m3.add(m4);
      FloatVector gapFar = m3.sub(m4);
      FloatVector m0 = FloatVector.fromArray(SPECIES, source, at0);
      FloatVector m5 = FloatVector.fromArray(SPECIES, source, at5);
      m0.add(sumNear).add(sumFar).intoArray(columns, to);
      gapFar.fma(far, gapNear.mul(near)).intoArray(columns, to + ROW);
      sumFar.fma(two, sumNear.mul(half)).intoArray(columns, to + 2 * ROW);
      gapFar.fma(farCubed, gapNear.fma(nearCubed, m5)).intoArray(columns, to + 3 * ROW);
    }
  }

  private static void rows(float[] columns, int first, float start, float[] band, int to, int row) {
    FloatVector near = FloatVector.broadcast(SPECIES, NEAR);
    FloatVector far = FloatVector.broadcast(SPECIES, FAR);
    FloatVector nearCubed = FloatVector.broadcast(SPECIES, NEAR_CUBED);
    FloatVector farCubed = FloatVector.broadcast(SPECIES, FAR_CUBED);
    FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
    FloatVector two = FloatVector.broadcast(SPECIES, 2);
    FloatVector added = FloatVector.broadcast(SPECIES, start);
    for (int i = 0; i < TILE; i++) {
      int from = first + i * ROW;
      int at = to + i * row;
      FloatVector m1 = FloatVector.fromArray(SPECIES, columns, from + Lanes.WIDTH);
      FloatVector m2 = FloatVector.fromArray(SPECIES, columns, from + 2 * Lanes.WIDTH);
      FloatVector m3 = FloatVector.fromArray(SPECIES, columns, from + 3 * Lanes.WIDTH);
      FloatVector m4 = FloatVector.fromArray(SPECIES, columns, from + 4 * Lanes.WIDTH);
      FloatVector sumNear = m1.add(m2);
      FloatVector gapNear = m1.sub(m2);
      FloatVector sumFar = m3.add(m4);
      FloatVector gapFar = m3.sub(m4);
      FloatVector m0 = FloatVector.fromArray(SPECIES, columns, from);
      FloatVector m5 = FloatVector.fromArray(SPECIES, columns, from + 5 * Lanes.WIDTH);
      m0.add(sumNear).add(sumFar).add(added).intoArray(band, at);
      gapFar.fma(far, gapNear.mul(near)).add(added).intoArray(band, at + Lanes.WIDTH);
      sumFar.fma(two, sumNear.mul(half)).add(added).intoArray(band, at + 2 * Lanes.WIDTH);
      gapFar
          .fma(farCubed, gapNear.fma(nearCubed, m5))
          .add(added)
          .intoArray(band, at + 3 * Lanes.WIDTH);
    }
  }

  /** Copies the band to its place in the plane; what reaches beyond is dropped. */
  private void paste(
      WinogradGeometry geometry, int firstTile, int run, float[] plane, int planeOffset) {
    int top = geometry.outputRow(firstTile);
    int left = geometry.outputColumn(firstTile);
    int width = geometry.outputWidth();
    int row = run * TILE * Lanes.WIDTH;
    int used = Math.min(row, (width - left) * Lanes.WIDTH);
    for (int i = 0; i < Math.min(TILE, geometry.outputHeight() - top); i++) {
      int to = planeOffset + ((top + i) * width + left) * Lanes.WIDTH;
      System.arraycopy(band, Scratch.START + i * row, plane, to, used);
    }
  }

  /** Pools the band into its place in the plane of squares. */
  private void pool(
      WinogradGeometry geometry,
      int firstTile,
      int run,
      float[] plane,
      float[] winners,
      int planeOffset) {
    int top = geometry.outputRow(firstTile);
    int left = geometry.outputColumn(firstTile);
    int width = geometry.outputWidth();
    int row = run * TILE * Lanes.WIDTH;
    int used = Math.min(row, (width - left) * Lanes.WIDTH);
    for (int i = 0; i < Math.min(TILE, geometry.outputHeight() - top); i += 2) {
      int to = planeOffset + ((top + i) / 2 * (width / 2) + left / 2) * Lanes.WIDTH;
      VectorMaxPool.squares(band, Scratch.START + i * row, row, used / 2, plane, to, winners, to);
    }
  }
}

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
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transform {@code A dy Aᵀ} of a row of tiles at a time, as {@link VectorWinogradInput} does
 * it.
 */
final class VectorWinogradOutputGradient {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
  private static final int LENGTH = SPECIES.length();

  /** Six rows of transformed columns. */
  private float[] band = Scratch.of(0);

  /** A row beyond the plane. */
  private float[] zeros = Scratch.of(0);

  void transform(
      WinogradGeometry geometry,
      MapStrides maps,
      float[] planes,
      int planesOffset,
      int firstTile,
      int tiles,
      float[] target,
      int targetOffset,
      TileLayout layout,
      int place) {
    int t = 0;
    while (t < tiles) {
      int column = (firstTile + t) % geometry.tileColumns();
      int run = Math.min(tiles - t, geometry.tileColumns() - column);
      int row = run * TILE * Lanes.WIDTH;
      boolean isShort = geometry.isShort(firstTile + t);
      int top = geometry.outputRow(firstTile + t);
      int narrow = geometry.isNarrow(firstTile + t + run - 1) ? run - 1 : run;
      for (int map = 0; map < maps.maps(); map++) {
        fill(geometry, isShort, planes, planesOffset + map * maps.plane(), top, column * TILE, row);
        for (int i = 0; i < run; i++) {
          int from = Scratch.START + i * TILE * Lanes.WIDTH;
          int to = targetOffset + map * maps.tiles() + layout.at(place + t + i);
          for (int part = 0; part < Lanes.WIDTH; part += LENGTH) {
            if (i == narrow) {
              VectorShortTransforms.gradientRows(
                  band, from + part, row, target, to + part, layout.positionStride());
            } else {
              rows(band, from + part, row, target, to + part, layout.positionStride());
            }
          }
        }
      }
      t += run;
    }
  }

  private void fill(
      WinogradGeometry geometry,
      boolean isShort,
      float[] plane,
      int planeOffset,
      int top,
      int left,
      int row) {
    int height = geometry.outputHeight();
    int width = geometry.outputWidth();
    if (band.length < Scratch.START + PATCH * row) {
      band = Scratch.of(PATCH * row);
    }
    if (zeros.length < Scratch.START + width * Lanes.WIDTH) {
      zeros = Scratch.of(width * Lanes.WIDTH);
    }
    int count = Math.min(row, (width - left) * Lanes.WIDTH);
    if (count < row) {
      Arrays.fill(band, Scratch.START, Scratch.START + PATCH * row, 0);
    }
    int step = width * Lanes.WIDTH;
    int r0 = planeOffset + top * step + left * Lanes.WIDTH;
    boolean has1 = top + 1 < height;
    if (isShort) {
      VectorShortTransforms.gradientColumns(
          plane,
          r0,
          has1 ? plane : zeros,
          has1 ? r0 + step : Scratch.START,
          count,
          band,
          Scratch.START,
          row);
      return;
    }
    boolean has2 = top + 2 < height;
    boolean has3 = top + 3 < height;
    columns(
        plane,
        r0,
        has1 ? plane : zeros,
        has1 ? r0 + step : Scratch.START,
        has2 ? plane : zeros,
        has2 ? r0 + 2 * step : Scratch.START,
        has3 ? plane : zeros,
        has3 ? r0 + 3 * step : Scratch.START,
        count,
        band,
        Scratch.START,
        row);
  }

  private static void columns(
      float[] p0,
      int r0,
      float[] p1,
      int r1,
      float[] p2,
      int r2,
      float[] p3,
      int r3,
      int count,
      float[] band,
      int to,
      int row) {
    FloatVector near = broadcast(NEAR);
    FloatVector nearCubed = broadcast(NEAR_CUBED);
    FloatVector far = broadcast(FAR);
    FloatVector farCubed = broadcast(FAR_CUBED);
    FloatVector half = broadcast(0.5f);
    FloatVector two = broadcast(2);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector y0 = FloatVector.fromArray(SPECIES, p0, r0 + i);
      FloatVector y1 = FloatVector.fromArray(SPECIES, p1, r1 + i);
      FloatVector y2 = FloatVector.fromArray(SPECIES, p2, r2 + i);
      FloatVector y3 = FloatVector.fromArray(SPECIES, p3, r3 + i);
      FloatVector evenNear = y2.fma(half, y0);
      FloatVector oddNear = y3.fma(nearCubed, y1.mul(near));
      FloatVector evenFar = y2.fma(two, y0);
      FloatVector oddFar = y3.fma(farCubed, y1.mul(far));
      int at = to + i;
      y0.intoArray(band, at);
      evenNear.add(oddNear).intoArray(band, at + row);
      evenNear.sub(oddNear).intoArray(band, at + 2 * row);
      evenFar.add(oddFar).intoArray(band, at + 3 * row);
      evenFar.sub(oddFar).intoArray(band, at + 4 * row);
      y3.intoArray(band, at + 5 * row);
    }
  }

  private static void rows(float[] band, int from, int row, float[] target, int to, int stride) {
    FloatVector near = broadcast(NEAR);
    FloatVector nearCubed = broadcast(NEAR_CUBED);
    FloatVector far = broadcast(FAR);
    FloatVector farCubed = broadcast(FAR_CUBED);
    FloatVector half = broadcast(0.5f);
    FloatVector two = broadcast(2);
    for (int i = 0; i < PATCH; i++) {
      int y = from + i * row;
      int at = to + i * PATCH * stride;
      FloatVector y0 = FloatVector.fromArray(SPECIES, band, y);
      FloatVector y1 = FloatVector.fromArray(SPECIES, band, y + Lanes.WIDTH);
      FloatVector y2 = FloatVector.fromArray(SPECIES, band, y + 2 * Lanes.WIDTH);
      FloatVector y3 = FloatVector.fromArray(SPECIES, band, y + 3 * Lanes.WIDTH);
      FloatVector evenNear = y2.fma(half, y0);
      FloatVector oddNear = y3.fma(nearCubed, y1.mul(near));
      FloatVector evenFar = y2.fma(two, y0);
      FloatVector oddFar = y3.fma(farCubed, y1.mul(far));
      y0.intoArray(target, at);
      evenNear.add(oddNear).intoArray(target, at + stride);
      evenNear.sub(oddNear).intoArray(target, at + 2 * stride);
      evenFar.add(oddFar).intoArray(target, at + 3 * stride);
      evenFar.sub(oddFar).intoArray(target, at + 4 * stride);
      y3.intoArray(target, at + 5 * stride);
    }
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }
}

package dev.convoy.kernel.winograd;

import static dev.convoy.kernel.winograd.Winograd.FAR;
import static dev.convoy.kernel.winograd.Winograd.NEAR;
import static dev.convoy.kernel.winograd.Winograd.PATCH;
import static dev.convoy.kernel.winograd.Winograd.TILE;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Scratch;
import dev.convoy.kernel.lane.VectorWidth;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transform {@code Bᵀ d B} of a row of tiles at a time: down the columns first, each once
 * although two tiles share some, into a band of six rows that stays in the nearest cache; then
 * along the band's rows.
 */
final class VectorWinogradInput {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
  private static final int LENGTH = SPECIES.length();

  /** Six rows of transformed columns. */
  private float[] band = Scratch.of(0);

  /** The length of the last band's rows, and where the plane began and ended in them. */
  private int clearRow;

  private int clearBegin;
  private int clearEnd;

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
      int row = (run * TILE + PATCH - TILE) * Lanes.WIDTH;
      boolean isShort = geometry.isShort(firstTile + t);
      int top = geometry.outputRow(firstTile + t) - geometry.top();
      int narrow = geometry.isNarrow(firstTile + t + run - 1) ? run - 1 : run;
      for (int map = 0; map < maps.maps(); map++) {
        fill(
            geometry,
            isShort,
            planes,
            planesOffset + map * maps.plane(),
            top,
            column * TILE - geometry.left(),
            row);
        for (int i = 0; i < run; i++) {
          int from = Scratch.START + i * TILE * Lanes.WIDTH;
          int to = targetOffset + map * maps.tiles() + layout.at(place + t + i);
          for (int part = 0; part < Lanes.WIDTH; part += LENGTH) {
            if (i == narrow) {
              VectorShortTransforms.inputRows(
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

  /** Fills the band from the plane's rows {@code top} on, whose columns begin at {@code left}. */
  private void fill(
      WinogradGeometry geometry,
      boolean isShort,
      float[] plane,
      int planeOffset,
      int top,
      int left,
      int row) {
    int width = geometry.inputWidth();
    if (band.length < Scratch.START + PATCH * row) {
      band = Scratch.of(PATCH * row);
      clearRow = 0;
    }
    if (zeros.length < Scratch.START + width * Lanes.WIDTH) {
      zeros = Scratch.of(width * Lanes.WIDTH);
    }
    int first = Math.max(0, left);
    int begin = (first - left) * Lanes.WIDTH;
    int end = Math.max(begin, Math.min(row, (width - left) * Lanes.WIDTH));
    clearBorder(row, begin, end);
    int height = geometry.inputHeight();
    int start = first * Lanes.WIDTH;
    if (isShort) {
      VectorShortTransforms.inputColumns(
          source(plane, top, height),
          offset(planeOffset, top, height, width) + start,
          source(plane, top + 1, height),
          offset(planeOffset, top + 1, height, width) + start,
          source(plane, top + 2, height),
          offset(planeOffset, top + 2, height, width) + start,
          source(plane, top + 3, height),
          offset(planeOffset, top + 3, height, width) + start,
          end - begin,
          band,
          Scratch.START + begin,
          row);
      return;
    }
    columns(
        source(plane, top, height),
        offset(planeOffset, top, height, width) + start,
        source(plane, top + 1, height),
        offset(planeOffset, top + 1, height, width) + start,
        source(plane, top + 2, height),
        offset(planeOffset, top + 2, height, width) + start,
        source(plane, top + 3, height),
        offset(planeOffset, top + 3, height, width) + start,
        source(plane, top + 4, height),
        offset(planeOffset, top + 4, height, width) + start,
        source(plane, top + 5, height),
        offset(planeOffset, top + 5, height, width) + start,
        end - begin,
        band,
        Scratch.START + begin,
        row);
  }

  /** Sets what lies before and behind the plane to 0, unless the last band left it so. */
  private void clearBorder(int row, int begin, int end) {
    if (row == clearRow && begin == clearBegin && end == clearEnd) {
      return;
    }
    for (int i = 0; i < PATCH; i++) {
      int start = Scratch.START + i * row;
      Arrays.fill(band, start, start + begin, 0);
      Arrays.fill(band, start + end, start + row, 0);
    }
    clearRow = row;
    clearBegin = begin;
    clearEnd = end;
  }

  private float[] source(float[] plane, int y, int height) {
    return y >= 0 && y < height ? plane : zeros;
  }

  private static int offset(int planeOffset, int y, int height, int width) {
    return y >= 0 && y < height ? planeOffset + y * width * Lanes.WIDTH : Scratch.START;
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
      float[] p4,
      int r4,
      float[] p5,
      int r5,
      int count,
      float[] band,
      int to,
      int row) {
    FloatVector near = broadcast(NEAR);
    FloatVector minusNear = broadcast(-NEAR);
    FloatVector far = broadcast(FAR);
    FloatVector minusFar = broadcast(-FAR);
    FloatVector minusTwo = broadcast(-2);
    FloatVector minusHalf = broadcast(-0.5f);
    FloatVector minusBoth = broadcast(-2.5f);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector d1 = FloatVector.fromArray(SPECIES, p1, r1 + i);
      FloatVector d2 = FloatVector.fromArray(SPECIES, p2, r2 + i);
      FloatVector d3 = FloatVector.fromArray(SPECIES, p3, r3 + i);
      FloatVector d4 = FloatVector.fromArray(SPECIES, p4, r4 + i);
      FloatVector evenNear = d2.fma(minusTwo, d4);
      FloatVector oddNear = d1.fma(minusTwo, d3);
      FloatVector evenFar = d2.fma(minusHalf, d4);
      FloatVector oddFar = d1.fma(minusHalf, d3);
      FloatVector d0 = FloatVector.fromArray(SPECIES, p0, r0 + i);
      FloatVector d5 = FloatVector.fromArray(SPECIES, p5, r5 + i);
      int at = to + i;
      d2.fma(minusBoth, d0.add(d4)).intoArray(band, at);
      oddNear.fma(near, evenNear).intoArray(band, at + row);
      oddNear.fma(minusNear, evenNear).intoArray(band, at + 2 * row);
      oddFar.fma(far, evenFar).intoArray(band, at + 3 * row);
      oddFar.fma(minusFar, evenFar).intoArray(band, at + 4 * row);
      d3.fma(minusBoth, d1.add(d5)).intoArray(band, at + 5 * row);
    }
  }

  private static void rows(float[] band, int from, int row, float[] target, int to, int stride) {
    FloatVector near = broadcast(NEAR);
    FloatVector minusNear = broadcast(-NEAR);
    FloatVector far = broadcast(FAR);
    FloatVector minusFar = broadcast(-FAR);
    FloatVector minusTwo = broadcast(-2);
    FloatVector minusHalf = broadcast(-0.5f);
    FloatVector minusBoth = broadcast(-2.5f);
    for (int i = 0; i < PATCH; i++) {
      int x = from + i * row;
      int at = to + i * PATCH * stride;
      FloatVector d0 = FloatVector.fromArray(SPECIES, band, x);
      FloatVector d1 = FloatVector.fromArray(SPECIES, band, x + Lanes.WIDTH);
      FloatVector d2 = FloatVector.fromArray(SPECIES, band, x + 2 * Lanes.WIDTH);
      FloatVector d3 = FloatVector.fromArray(SPECIES, band, x + 3 * Lanes.WIDTH);
      FloatVector d4 = FloatVector.fromArray(SPECIES, band, x + 4 * Lanes.WIDTH);
      FloatVector d5 = FloatVector.fromArray(SPECIES, band, x + 5 * Lanes.WIDTH);
      FloatVector evenNear = d2.fma(minusTwo, d4);
      FloatVector oddNear = d1.fma(minusTwo, d3);
      FloatVector evenFar = d2.fma(minusHalf, d4);
      FloatVector oddFar = d1.fma(minusHalf, d3);
      d2.fma(minusBoth, d0.add(d4)).intoArray(target, at);
      oddNear.fma(near, evenNear).intoArray(target, at + stride);
      oddNear.fma(minusNear, evenNear).intoArray(target, at + 2 * stride);
      oddFar.fma(far, evenFar).intoArray(target, at + 3 * stride);
      oddFar.fma(minusFar, evenFar).intoArray(target, at + 4 * stride);
      d3.fma(minusBoth, d1.add(d5)).intoArray(target, at + 5 * stride);
    }
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }
}

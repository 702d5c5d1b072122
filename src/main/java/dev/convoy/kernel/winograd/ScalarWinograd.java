package dev.convoy.kernel.winograd;

import static dev.convoy.kernel.winograd.Winograd.FAR;
import static dev.convoy.kernel.winograd.Winograd.FAR_CUBED;
import static dev.convoy.kernel.winograd.Winograd.FAR_SCALE;
import static dev.convoy.kernel.winograd.Winograd.FILTER;
import static dev.convoy.kernel.winograd.Winograd.NEAR;
import static dev.convoy.kernel.winograd.Winograd.NEAR_CUBED;
import static dev.convoy.kernel.winograd.Winograd.NEAR_SCALE;
import static dev.convoy.kernel.winograd.Winograd.PATCH;
import static dev.convoy.kernel.winograd.Winograd.POSITIONS;
import static dev.convoy.kernel.winograd.Winograd.SHORT_SCALE;
import static dev.convoy.kernel.winograd.Winograd.SHORT_TILE;
import static dev.convoy.kernel.winograd.Winograd.TILE;
import static dev.convoy.kernel.winograd.Winograd.isFar;

import dev.convoy.kernel.lane.Lanes;
import java.util.Arrays;

/** Transforms one image's tile at a time: down the columns, then along the rows. */
public final class ScalarWinograd implements WinogradBackend {
  private final float[] patch = new float[POSITIONS];
  private final float[] half = new float[POSITIONS];

  @Override
  public void filters(float[] cells, float[] target, int count) {
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < FILTER; k++) {
        filter(cells, i + k * count, FILTER * count, half, k, FILTER);
      }
      for (int row = 0; row < PATCH; row++) {
        filter(half, row * FILTER, 1, target, i + row * PATCH * count, count);
      }
    }
  }

  private static void filter(
      float[] source, int from, int step, float[] target, int to, int stride) {
    float g0 = source[from];
    float g1 = source[from + step];
    float g2 = source[from + 2 * step];
    float evenNear = Math.fma(g2, 0.5f, g0) * NEAR_SCALE;
    float oddNear = g1 * (NEAR * NEAR_SCALE);
    float evenFar = Math.fma(g2, 2, g0) * FAR_SCALE;
    float oddFar = g1 * (FAR * FAR_SCALE);
    target[to] = g0;
    target[to + stride] = evenNear + oddNear;
    target[to + 2 * stride] = evenNear - oddNear;
    target[to + 3 * stride] = evenFar + oddFar;
    target[to + 4 * stride] = evenFar - oddFar;
    target[to + 5 * stride] = g2;
  }

  @Override
  public void filterGradient(float[] source, float[] cells, int count) {
    for (int i = 0; i < count; i++) {
      for (int row = 0; row < PATCH; row++) {
        filterBack(source, i + row * PATCH * count, count, half, row * FILTER, 1);
      }
      for (int k = 0; k < FILTER; k++) {
        filterBack(half, k, FILTER, cells, i + k * count, FILTER * count);
      }
    }
  }

  private static void filterBack(
      float[] source, int from, int step, float[] target, int to, int stride) {
    float u1 = source[from + step];
    float u2 = source[from + 2 * step];
    float u3 = source[from + 3 * step];
    float u4 = source[from + 4 * step];
    float sumNear = (u1 + u2) * NEAR_SCALE;
    float gapNear = (u1 - u2) * (NEAR * NEAR_SCALE);
    float sumFar = (u3 + u4) * FAR_SCALE;
    target[to] = source[from] + sumNear + sumFar;
    target[to + stride] = Math.fma(u3 - u4, FAR * FAR_SCALE, gapNear);
    target[to + 2 * stride] = Math.fma(sumFar, 2, Math.fma(sumNear, 0.5f, source[from + 5 * step]));
  }

  @Override
  public void input(
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
    int positionStride = layout.positionStride();
    for (int map = 0; map < maps.maps(); map++) {
      int planeOffset = planesOffset + map * maps.plane();
      int tilesOffset = targetOffset + map * maps.tiles();
      for (int t = 0; t < tiles; t++) {
        int top = geometry.outputRow(firstTile + t) - geometry.top();
        int left = geometry.outputColumn(firstTile + t) - geometry.left();
        boolean isShort = geometry.isShort(firstTile + t);
        boolean isNarrow = geometry.isNarrow(firstTile + t);
        for (int lane = 0; lane < Lanes.WIDTH; lane++) {
          int height = geometry.inputHeight();
          cut(planes, planeOffset + lane, height, geometry.inputWidth(), top, left, PATCH);
          for (int j = 0; j < PATCH; j++) {
            inputOf(isShort, patch, j, PATCH, half, j, PATCH);
          }
          int to = tilesOffset + layout.at(place + t) + lane;
          for (int i = 0; i < PATCH; i++) {
            if (!isShort || !isFar(i)) {
              int row = to + i * PATCH * positionStride;
              inputOf(isNarrow, half, i * PATCH, 1, target, row, positionStride);
            }
          }
        }
      }
    }
  }

  /** Copies a square of a plane, with zeros outside, into the rows of the patch. */
  private void cut(float[] plane, int offset, int height, int width, int top, int left, int side) {
    Arrays.fill(patch, 0);
    for (int i = Math.max(0, -top); i < Math.min(side, height - top); i++) {
      for (int j = Math.max(0, -left); j < Math.min(side, width - left); j++) {
        patch[i * PATCH + j] = plane[offset + ((top + i) * width + left + j) * Lanes.WIDTH];
      }
    }
  }

  private static void inputOf(
      boolean isShort, float[] source, int from, int step, float[] target, int to, int stride) {
    if (isShort) {
      shortInputOf(source, from, step, target, to, stride);
      return;
    }
    float d1 = source[from + step];
    float d2 = source[from + 2 * step];
    float d3 = source[from + 3 * step];
    float d4 = source[from + 4 * step];
    float evenNear = Math.fma(d2, -2, d4);
    float oddNear = Math.fma(d1, -2, d3);
    float evenFar = Math.fma(d2, -0.5f, d4);
    float oddFar = Math.fma(d1, -0.5f, d3);
    target[to] = Math.fma(d2, -2.5f, source[from] + d4);
    target[to + stride] = Math.fma(oddNear, NEAR, evenNear);
    target[to + 2 * stride] = Math.fma(oddNear, -NEAR, evenNear);
    target[to + 3 * stride] = Math.fma(oddFar, FAR, evenFar);
    target[to + 4 * stride] = Math.fma(oddFar, -FAR, evenFar);
    target[to + 5 * stride] = Math.fma(d3, -2.5f, d1 + source[from + 5 * step]);
  }

  private static void shortInputOf(
      float[] source, int from, int step, float[] target, int to, int stride) {
    float d1 = source[from + step];
    float d2 = source[from + 2 * step];
    // Added to 0, so that zeros stay 0 and never become -0.
    float even = Math.fma(d2, SHORT_SCALE, 0);
    target[to] = Math.fma(d2, -2, source[from]);
    target[to + stride] = Math.fma(d1, NEAR * SHORT_SCALE, even);
    target[to + 2 * stride] = Math.fma(d1, -NEAR * SHORT_SCALE, even);
    target[to + 5 * stride] = Math.fma(d1, -0.5f, source[from + 3 * step]);
  }

  @Override
  public void output(
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
    int width = geometry.outputWidth();
    for (int map = 0; map < maps.maps(); map++) {
      int planeOffset = planesOffset + map * maps.plane();
      int tilesOffset = sourceOffset + map * maps.tiles();
      for (int t = 0; t < tiles; t++) {
        int row = geometry.outputRow(firstTile + t);
        int column = geometry.outputColumn(firstTile + t);
        for (int lane = 0; lane < Lanes.WIDTH; lane++) {
          int from = tilesOffset + layout.at(place + t) + lane;
          outputs(geometry, firstTile + t, source, from, layout.positionStride(), start[map]);
          for (int i = 0; i < Math.min(TILE, geometry.outputHeight() - row); i++) {
            for (int j = 0; j < Math.min(TILE, width - column); j++) {
              int pixel = (row + i) * width + column + j;
              planes[planeOffset + pixel * Lanes.WIDTH + lane] = patch[i * PATCH + j];
            }
          }
        }
      }
    }
  }

  @Override
  public void pooledOutput(
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
    int width = geometry.outputWidth();
    for (int map = 0; map < maps.maps(); map++) {
      int planeOffset = planesOffset + map * maps.plane();
      int tilesOffset = sourceOffset + map * maps.tiles();
      for (int t = 0; t < tiles; t++) {
        int row = geometry.outputRow(firstTile + t);
        int column = geometry.outputColumn(firstTile + t);
        for (int lane = 0; lane < Lanes.WIDTH; lane++) {
          int from = tilesOffset + layout.at(place + t) + lane;
          outputs(geometry, firstTile + t, source, from, layout.positionStride(), start[map]);
          for (int i = 0; i < Math.min(TILE, geometry.outputHeight() - row); i += 2) {
            for (int j = 0; j < Math.min(TILE, width - column); j += 2) {
              int pixel = (row + i) / 2 * (width / 2) + (column + j) / 2;
              int to = planeOffset + pixel * Lanes.WIDTH + lane;
              int winner = winner(i * PATCH + j);
              planes[to] = patch[(i + winner / 2) * PATCH + j + winner % 2];
              winners[to] = winner;
            }
          }
        }
      }
    }
  }

  /** Puts the outputs of a lane of a tile into the patch. */
  private void outputs(
      WinogradGeometry geometry, int tile, float[] source, int from, int stride, float start) {
    boolean isShort = geometry.isShort(tile);
    boolean isNarrow = geometry.isNarrow(tile);
    for (int j = 0; j < PATCH; j++) {
      if (!isNarrow || !isFar(j)) {
        outputOf(isShort, source, from + j * stride, PATCH * stride, half, j, PATCH);
      }
    }
    for (int i = 0; i < (isShort ? SHORT_TILE : TILE); i++) {
      outputOf(isNarrow, half, i * PATCH, 1, patch, i * PATCH, 1);
      for (int j = 0; j < (isNarrow ? SHORT_TILE : TILE); j++) {
        patch[i * PATCH + j] += start;
      }
    }
  }

  /** Tells which of a square of the patch is the largest: NaN wins, and nothing wins over it. */
  private int winner(int at) {
    int winner = 0;
    float best = patch[at];
    for (int cell = 1; cell < 4; cell++) {
      float value = patch[at + cell / 2 * PATCH + cell % 2];
      if (!(value <= best) && !Float.isNaN(best)) {
        best = value;
        winner = cell;
      }
    }
    return winner;
  }

  private static void outputOf(
      boolean isShort, float[] source, int from, int step, float[] target, int to, int stride) {
    if (isShort) {
      shortOutputOf(source, from, step, target, to, stride);
      return;
    }
    float sumNear = source[from + step] + source[from + 2 * step];
    float gapNear = source[from + step] - source[from + 2 * step];
    float sumFar = source[from + 3 * step] + source[from + 4 * step];
    float gapFar = source[from + 3 * step] - source[from + 4 * step];
    float m5 = source[from + 5 * step];
    target[to] = source[from] + sumNear + sumFar;
    target[to + stride] = Math.fma(gapFar, FAR, gapNear * NEAR);
    target[to + 2 * stride] = Math.fma(sumFar, 2, sumNear * 0.5f);
    target[to + 3 * stride] = Math.fma(gapFar, FAR_CUBED, Math.fma(gapNear, NEAR_CUBED, m5));
  }

  private static void shortOutputOf(
      float[] source, int from, int step, float[] target, int to, int stride) {
    float m1 = source[from + step];
    float m2 = source[from + 2 * step];
    target[to] = source[from] + (m1 + m2);
    target[to + stride] = Math.fma(m1 - m2, NEAR, source[from + 5 * step]);
  }

  @Override
  public void outputGradient(
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
    int positionStride = layout.positionStride();
    for (int map = 0; map < maps.maps(); map++) {
      int planeOffset = planesOffset + map * maps.plane();
      int tilesOffset = targetOffset + map * maps.tiles();
      for (int t = 0; t < tiles; t++) {
        int top = geometry.outputRow(firstTile + t);
        int left = geometry.outputColumn(firstTile + t);
        boolean isShort = geometry.isShort(firstTile + t);
        boolean isNarrow = geometry.isNarrow(firstTile + t);
        for (int lane = 0; lane < Lanes.WIDTH; lane++) {
          int height = geometry.outputHeight();
          cut(planes, planeOffset + lane, height, geometry.outputWidth(), top, left, TILE);
          for (int j = 0; j < TILE; j++) {
            gradientOf(isShort, patch, j, PATCH, half, j, PATCH);
          }
          int to = tilesOffset + layout.at(place + t) + lane;
          for (int i = 0; i < PATCH; i++) {
            if (!isShort || !isFar(i)) {
              int row = to + i * PATCH * positionStride;
              gradientOf(isNarrow, half, i * PATCH, 1, target, row, positionStride);
            }
          }
        }
      }
    }
  }

  private static void gradientOf(
      boolean isShort, float[] source, int from, int step, float[] target, int to, int stride) {
    if (isShort) {
      shortGradientOf(source, from, step, target, to, stride);
      return;
    }
    float y0 = source[from];
    float y1 = source[from + step];
    float y2 = source[from + 2 * step];
    float y3 = source[from + 3 * step];
    float evenNear = Math.fma(y2, 0.5f, y0);
    float oddNear = Math.fma(y3, NEAR_CUBED, y1 * NEAR);
    float evenFar = Math.fma(y2, 2, y0);
    float oddFar = Math.fma(y3, FAR_CUBED, y1 * FAR);
    target[to] = y0;
    target[to + stride] = evenNear + oddNear;
    target[to + 2 * stride] = evenNear - oddNear;
    target[to + 3 * stride] = evenFar + oddFar;
    target[to + 4 * stride] = evenFar - oddFar;
    target[to + 5 * stride] = y3;
  }

  private static void shortGradientOf(
      float[] source, int from, int step, float[] target, int to, int stride) {
    float y0 = source[from];
    float y1 = source[from + step];
    target[to] = y0;
    target[to + stride] = Math.fma(y1, NEAR, y0);
    target[to + 2 * stride] = Math.fma(y1, -NEAR, y0);
    target[to + 5 * stride] = y1;
  }
}

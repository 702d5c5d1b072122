package dev.convoy.kernel.tap;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;
import java.util.Arrays;

/** Sums over taps in plain Java, value by value. */
public final class ScalarTaps implements TapBackend {
  private final float[] sums = new float[Lanes.WIDTH];

  @Override
  public void product(
      TapGeometry geometry,
      float[] weights,
      int weightsOffset,
      float[] start,
      int startOffset,
      int filters,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset) {
    int taps = geometry.taps();
    for (int f = 0; f < filters; f++) {
      int w = weightsOffset + f / Pack.SIZE * taps * Pack.SIZE + f % Pack.SIZE;
      for (int row = 0; row < geometry.rows(); row++) {
        for (int column = 0; column < geometry.columns(); column++) {
          int from = sourceOffset + row * geometry.sourceRow() + column * geometry.sourceColumn();
          int to =
              targetOffset
                  + f * geometry.targetPlane()
                  + row * geometry.targetRow()
                  + column * geometry.targetColumn();
          Arrays.fill(sums, start[startOffset + f]);
          for (int t = 0; t < taps; t++) {
            Lanes.addScaled(source, from + geometry.offsets()[t], weights[w + t * Pack.SIZE], sums);
          }
          System.arraycopy(sums, 0, target, to, Lanes.WIDTH);
        }
      }
    }
  }

  @Override
  public void productGradient(
      TapGeometry geometry,
      int blocks,
      int sourceBlock,
      int targetBlock,
      int filters,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset,
      float[] gradient,
      int gradientOffset) {
    int taps = geometry.taps();
    for (int f = 0; f < filters; f++) {
      for (int t = 0; t < taps; t++) {
        Arrays.fill(sums, 0);
        for (int block = 0; block < blocks; block++) {
          for (int row = 0; row < geometry.rows(); row++) {
            int x =
                sourceOffset
                    + block * sourceBlock
                    + row * geometry.sourceRow()
                    + geometry.offsets()[t];
            int y =
                targetOffset
                    + block * targetBlock
                    + f * geometry.targetPlane()
                    + row * geometry.targetRow();
            for (int column = 0; column < geometry.columns(); column++) {
              addProducts(
                  source,
                  x + column * geometry.sourceColumn(),
                  target,
                  y + column * geometry.targetColumn(),
                  sums);
            }
          }
        }
        gradient[gradientOffset + f * taps + t] = Lanes.sum(sums, 0);
      }
    }
  }

  @Override
  public void addPlaneProduct(
      TapGeometry geometry,
      int filters,
      float[] left,
      int leftOffset,
      float[] source,
      int sourceOffset,
      float[] target,
      int targetOffset) {
    for (int f = 0; f < filters; f++) {
      int w = leftOffset + f / Lanes.WIDTH * geometry.targetPlane() + f % Lanes.WIDTH;
      for (int t = 0; t < geometry.taps(); t++) {
        int x = sourceOffset + geometry.offsets()[t];
        Arrays.fill(sums, 0);
        for (int row = 0; row < geometry.rows(); row++) {
          for (int column = 0; column < geometry.columns(); column++) {
            Lanes.addScaled(
                source,
                x + row * geometry.sourceRow() + column * geometry.sourceColumn(),
                left[w + row * geometry.targetRow() + column * geometry.targetColumn()],
                sums);
          }
        }
        int to = targetOffset + (f * geometry.taps() + t) * Lanes.WIDTH;
        for (int lane = 0; lane < Lanes.WIDTH; lane++) {
          target[to + lane] += sums[lane];
        }
      }
    }
  }

  @Override
  public void addPlanes(
      float[] values, int offset, int size, int planes, float[] sums, int sumsOffset) {
    for (int plane = 0; plane < planes; plane++) {
      int to = sumsOffset + plane * Lanes.WIDTH;
      for (int i = 0; i < size; i++) {
        sums[to + i % Lanes.WIDTH] += values[offset + plane * size + i];
      }
    }
  }

  private static void addProducts(float[] x, int xAt, float[] y, int yAt, float[] sums) {
    for (int lane = 0; lane < Lanes.WIDTH; lane++) {
      sums[lane] = Math.fma(x[xAt + lane], y[yAt + lane], sums[lane]);
    }
  }
}

package dev.convoy.kernel.panel;

import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;
import java.util.Arrays;

/** Products of panels in plain Java. */
public final class ScalarPanels implements PanelBackend {
  private final float[] sums = new float[Lanes.WIDTH];

  @Override
  public void product(
      float[] weights,
      int weightsOffset,
      int filters,
      int taps,
      float[] source,
      int sourceOffset,
      int blocks,
      float[] target,
      int targetOffset) {
    int row = Pack.SIZE * Lanes.WIDTH;
    for (int panel = 0; panel * Pack.SIZE < blocks; panel++) {
      int used = Math.min(Pack.SIZE, blocks - panel * Pack.SIZE) * Lanes.WIDTH;
      int x = sourceOffset + panel * taps * row;
      for (int f = 0; f < filters; f++) {
        int to = targetOffset + (panel * filters + f) * row;
        int from = weightsOffset + f / Pack.SIZE * taps * Pack.SIZE + f % Pack.SIZE;
        for (int i = 0; i < used; i++) {
          float sum = 0;
          for (int t = 0; t < taps; t++) {
            sum = Math.fma(source[x + t * row + i], weights[from + t * Pack.SIZE], sum);
          }
          target[to + i] = sum;
        }
      }
    }
  }

  @Override
  public void addGradient(
      int filters,
      int groups,
      int depth,
      float[] left,
      int leftOffset,
      float[] right,
      int rightOffset,
      float[] target,
      int targetOffset) {
    int channels = groups * Lanes.WIDTH;
    for (int f = 0; f < filters; f++) {
      int from = leftOffset + f * Pack.PANEL;
      for (int group = 0; group < groups; group++) {
        boolean paired = group / 2 < groups / 2;
        int step = paired ? 2 * Lanes.WIDTH : Lanes.WIDTH;
        int x = rightOffset + group / 2 * 2 * Pack.PANEL * Lanes.WIDTH + group % 2 * Lanes.WIDTH;
        Arrays.fill(sums, 0);
        for (int k = 0; k < depth; k++) {
          Lanes.addScaled(right, x + k * step, left[from + k], sums);
        }
        int to = targetOffset + f * channels + group * Lanes.WIDTH;
        for (int lane = 0; lane < Lanes.WIDTH; lane++) {
          target[to + lane] += sums[lane];
        }
      }
    }
  }
}

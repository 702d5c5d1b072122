package dev.convoy.nn.replica.convolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.nn.Network;
import dev.convoy.nn.layer.Conv2d;
import dev.convoy.nn.layer.Padding;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.LayerRun;
import dev.convoy.testing.RandomSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How far one pixel reaches where a convolution goes by Winograd's algorithm: all outputs of a tile
 * of 4x4 are made of the same 6x6 inputs, whose parts that an output does not see cancel but for
 * roundings.
 */
class WinogradOutlierTest {
  private static final int SIDE = 12;
  private static final int CHANNELS = 16;

  /** Row and column of the pixel, within the patches of four tiles. */
  private static final int AT = 4;

  private static final Network NETWORK =
      Network.of(Shape.of(CHANNELS, SIDE, SIDE), Conv2d.of(CHANNELS, 3).withPadding(Padding.SAME));

  private static float[] outputs(float pixel, KernelsUnderTest kernels) {
    float[] x = new RandomSource("outlier").normal(CHANNELS * SIDE * SIDE);
    x[AT * SIDE + AT] = pixel;
    return new LayerRun(NETWORK, 1, kernels).forward(x);
  }

  private static boolean sees(int y, int x) {
    return Math.abs(y - AT) <= 1 && Math.abs(x - AT) <= 1;
  }

  private static boolean sharesTile(int y, int x) {
    return near(y) && near(x);
  }

  /** Whether a tile that holds this row or column of outputs is made of the pixel's. */
  private static boolean near(int output) {
    int first = output / 4 * 4 - 1;
    return first <= AT && AT < first + 6;
  }

  @ParameterizedTest
  @EnumSource
  void aLargePixelChangesItsTilesByItsOwnRoundings(KernelsUnderTest kernels) {
    float large = 1e6f;
    float[] without = outputs(0, kernels);
    float[] with = outputs(large, kernels);
    double most = 0;
    for (int i = 0; i < with.length; i++) {
      int y = i / SIDE % SIDE;
      int x = i % SIDE;
      double change = Math.abs((double) with[i] - without[i]);
      if (!sharesTile(y, x)) {
        assertEquals(without[i], with[i], "output " + i + " shares no tile with the pixel");
      } else if (!sees(y, x)) {
        most = Math.max(most, change);
      }
    }
    assertTrue(most > 0 && most <= 3e-7 * large, "largest change of others: " + most);
  }

  @ParameterizedTest
  @EnumSource
  void aNanReachesOutputsThatShareATileWithThoseThatSeeIt(KernelsUnderTest kernels) {
    float[] y = outputs(Float.NaN, kernels);
    int found = 0;
    for (int i = 0; i < y.length; i++) {
      boolean seen = sees(i / SIDE % SIDE, i % SIDE);
      boolean shared = sharesTile(i / SIDE % SIDE, i % SIDE);
      assertTrue(Float.isNaN(y[i]) ? shared : !seen, "output " + i + ": " + y[i]);
      found += Float.isNaN(y[i]) ? 1 : 0;
    }
    assertEquals(25 * CHANNELS, found);
  }
}

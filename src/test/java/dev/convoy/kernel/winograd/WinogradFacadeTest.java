package dev.convoy.kernel.winograd;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.testing.Bits;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the facade of Winograd's transforms takes: several maps at once, within their arrays. */
class WinogradFacadeTest {
  private static final int WIDTH = Lanes.WIDTH;
  private static final MapStrides ONE = new MapStrides(1, 0, 0);

  @ParameterizedTest
  @EnumSource
  void severalMapsAreTransformedAsEachAlone(KernelsUnderTest under) {
    WinogradGeometry geometry = new WinogradGeometry(5, 13, 8, 10, 1, 1);
    RandomSource random = new RandomSource("maps");
    WinogradKernels winograd = under.create().winograd();
    int maps = 3;
    int tiles = geometry.tiles();
    int in = geometry.inputSize() + 7;
    int out = geometry.outputSize() + 5;
    TileLayout layout = TileLayout.evenly(maps * WIDTH, tiles * maps * WIDTH);
    float[] inputs = random.normal(maps * in);
    float[] gradients = random.normal(maps * out);
    float[] products = random.normal(Winograd.POSITIONS * tiles * maps * WIDTH);
    float[] start = random.normal(maps);
    float[][] together = new float[5][Math.max(products.length, maps * out)];
    float[][] alone = new float[5][together[0].length];
    MapStrides of = new MapStrides(maps, in, WIDTH);
    MapStrides to = new MapStrides(maps, out, WIDTH);
    winograd.input(geometry, of, inputs, 0, 0, tiles, together[0], 0, layout, 0);
    winograd.outputGradient(geometry, to, gradients, 0, 0, tiles, together[1], 0, layout, 0);
    winograd.output(geometry, to, products, 0, layout, 0, 0, tiles, start, together[2], 0);
    winograd.pooledOutput(
        geometry, to, products, 0, layout, 0, 0, tiles, start, together[3], together[4], 0);
    for (int map = 0; map < maps; map++) {
      int x = map * in;
      int y = map * out;
      int at = map * WIDTH;
      float[] own = {start[map]};
      winograd.input(geometry, ONE, inputs, x, 0, tiles, alone[0], at, layout, 0);
      winograd.outputGradient(geometry, ONE, gradients, y, 0, tiles, alone[1], at, layout, 0);
      winograd.output(geometry, ONE, products, at, layout, 0, 0, tiles, own, alone[2], y);
      winograd.pooledOutput(
          geometry, ONE, products, at, layout, 0, 0, tiles, own, alone[3], alone[4], y);
    }
    for (int i = 0; i < alone.length; i++) {
      Bits.assertSame(alone[i], together[i], random.again() + "transform " + i);
    }
  }

  @Test
  void theFacadeRefusesRangesOutsideArrays() {
    WinogradKernels winograd = Kernels.scalar().winograd();
    WinogradGeometry geometry = new WinogradGeometry(5, 6, 5, 4, 1, 0);
    float[] in = new float[480];
    float[] out = new float[320];
    float[] tiles = new float[36 * 32];
    float[] start = new float[1];
    TileLayout layout = TileLayout.evenly(16, 32);
    assertRefused(
        "filters cells needs [0, 144) of an array of 143",
        () -> winograd.filters(new float[143], new float[576], 16));
    assertRefused(
        "filters target needs [0, 576) of an array of 575",
        () -> winograd.filters(new float[144], new float[575], 16));
    assertRefused(
        "filterGradient source needs [0, 576) of an array of 575",
        () -> winograd.filterGradient(new float[575], new float[144], 16));
    assertRefused(
        "filterGradient cells needs [0, 144) of an array of 143",
        () -> winograd.filterGradient(new float[576], new float[143], 16));
    assertRefused(
        "filters needs a count that 16 divides, but got 8",
        () -> winograd.filters(new float[144], new float[576], 8));
    assertRefused(
        "filterGradient needs a count that 16 divides, but got 24",
        () -> winograd.filterGradient(new float[1000], new float[1000], 24));
    assertRefused(
        "WinogradGeometry needs top and left from 0 to 2, but got 3 and 0",
        () -> new WinogradGeometry(5, 6, 5, 4, 3, 0));
    winograd.input(geometry, ONE, in, 0, 0, 2, tiles, 0, layout, 0);
    assertRefused(
        "input planes needs [1, 481) of an array of 480",
        () -> winograd.input(geometry, ONE, in, 1, 0, 2, tiles, 0, layout, 0));
    assertRefused(
        "input target's tiles needs [1, 3) of an array of 2",
        () -> winograd.input(geometry, ONE, in, 0, 1, 2, tiles, 0, layout, 0));
    assertRefused(
        "input target's tiles needs [-1, 0) of an array of 2",
        () -> winograd.input(geometry, ONE, in, 0, -1, 1, tiles, 0, layout, 0));
    assertRefused(
        "input target needs [0, 1153) of an array of 1152",
        () -> winograd.input(geometry, ONE, in, 0, 0, 2, tiles, 0, TileLayout.evenly(17, 32), 0));
    winograd.output(geometry, ONE, tiles, 0, layout, 0, 0, 2, start, out, 0);
    assertRefused(
        "output planes needs [1, 321) of an array of 320",
        () -> winograd.output(geometry, ONE, tiles, 0, layout, 0, 0, 2, start, out, 1));
    assertRefused(
        "output source needs [1, 1153) of an array of 1152",
        () -> winograd.output(geometry, ONE, tiles, 1, layout, 0, 0, 2, start, out, 0));
    assertRefused(
        "output source's tiles needs [0, 3) of an array of 2",
        () -> winograd.output(geometry, ONE, tiles, 0, layout, 0, 0, 3, start, out, 0));
    assertRefused(
        "output start needs [0, 1) of an array of 0",
        () -> winograd.output(geometry, ONE, tiles, 0, layout, 0, 0, 2, new float[0], out, 0));
    MapStrides two = new MapStrides(2, 320, 16);
    assertRefused(
        "output planes needs [0, 640) of an array of 320",
        () -> winograd.output(geometry, two, tiles, 0, layout, 0, 0, 2, start, out, 0));
    assertRefused(
        "input target needs [0, 1168) of an array of 1152",
        () -> winograd.input(geometry, two, new float[960], 0, 0, 2, tiles, 0, layout, 0));
    winograd.outputGradient(geometry, ONE, out, 0, 0, 2, tiles, 0, layout, 0);
    assertRefused(
        "outputGradient planes needs [1, 321) of an array of 320",
        () -> winograd.outputGradient(geometry, ONE, out, 1, 0, 2, tiles, 0, layout, 0));
    assertRefused(
        "outputGradient target needs [-1, 1151) of an array of 1152",
        () -> winograd.outputGradient(geometry, ONE, out, 0, 0, 2, tiles, -1, layout, 0));
    assertRefused(
        "outputGradient target's tiles needs [2, 3) of an array of 2",
        () -> winograd.outputGradient(geometry, ONE, out, 0, 2, 1, tiles, 0, layout, 0));
  }

  @Test
  void unevenOutputsAreNotPooled() {
    WinogradKernels winograd = Kernels.scalar().winograd();
    WinogradGeometry geometry = new WinogradGeometry(5, 6, 5, 4, 1, 0);
    float[] out = new float[320];
    float[] tiles = new float[36 * 32];
    TileLayout layout = TileLayout.evenly(16, 32);
    assertRefused(
        "pooledOutput needs outputs of even height and width, but got 5 by 4",
        () ->
            winograd.pooledOutput(
                geometry, ONE, tiles, 0, layout, 0, 0, 2, new float[1], out, out, 0));
  }

  private static void assertRefused(String message, Runnable call) {
    RuntimeException e = assertThrows(RuntimeException.class, call::run);
    assertTrue(
        e instanceof IndexOutOfBoundsException || e instanceof IllegalArgumentException,
        e.toString());
    assertTrue(e.getMessage().endsWith(message), e.getMessage());
  }
}

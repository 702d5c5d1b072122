package dev.convoy.kernel.winograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which tiles of a plane are short or narrow. */
class WinogradGeometryTest {
  @Test
  void edgesAreShortWhereRowsOfTilesAreWholePanels() {
    WinogradGeometry small = new WinogradGeometry(14, 14, 14, 14, 1, 1);
    assertEquals(List.of(12, 13, 14, 15), tilesOf(small, small::isShort));
    assertEquals(List.of(3, 7, 11, 15), tilesOf(small, small::isNarrow));
    assertEquals(4, small.having(0, 4, 2 * Winograd.PATCH + 5), "a position of all");
    assertEquals(3, small.having(4, 4, 2 * Winograd.PATCH + 3), "not of the narrow");
    assertEquals(4, small.having(4, 4, 3 * Winograd.PATCH), "of all but the last row");
    assertEquals(0, small.having(12, 4, 3 * Winograd.PATCH), "not of the short");
    assertEquals(3, small.having(12, 4, 4), "not of the last, short and narrow");
    for (int side : new int[] {15, 16, 9, 6}) {
      WinogradGeometry whole = new WinogradGeometry(side, side, side, side, 1, 1);
      assertFalse(whole.hasEdges(), "side " + side);
      assertEquals(List.of(), tilesOf(whole, tile -> whole.isShort(tile) || whole.isNarrow(tile)));
    }
  }

  private static List<Integer> tilesOf(WinogradGeometry geometry, IntPredicate which) {
    return IntStream.range(0, geometry.tiles()).filter(which).boxed().toList();
  }
}

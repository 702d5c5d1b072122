package dev.convoy.kernel.winograd;

import static dev.convoy.testing.BothKernels.GUARD;
import static dev.convoy.testing.BothKernels.values;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.kernel.lane.Pack;
import dev.convoy.kernel.pool.PoolGeometry;
import dev.convoy.testing.Bits;
import dev.convoy.testing.BothKernels;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.RandomSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Winograd's transforms: the vector ones against the scalar ones bit by bit, both against the
 * matrices of Toom and Cook in float64.
 */
class WinogradKernelsTest {
  private static final int WIDTH = Lanes.WIDTH;
  private static final MapStrides ONE = new MapStrides(1, 0, 0);

  /**
   * Largest error of a transform, of the sum of absolute products of its two matrices: some
   * roundings of 2^-24.
   */
  private static final double ROUNDING = 6e-7;

  private static final double NEAR = Math.sqrt(0.5);
  private static final double FAR = Math.sqrt(2);

  /** The polynomials of the input at 0, ±√½, ±√2 and infinity. */
  private static final double[][] B_TRANSPOSED = {
    {1, 0, -2.5, 0, 1, 0},
    {0, -2 * NEAR, -2, NEAR, 1, 0},
    {0, 2 * NEAR, -2, -NEAR, 1, 0},
    {0, -FAR / 2, -0.5, FAR, 1, 0},
    {0, FAR / 2, -0.5, -FAR, 1, 0},
    {0, 1, 0, -2.5, 0, 1},
  };

  /** Powers 0 to 2 of the points, over the products of their distances from the others. */
  private static final double[][] G = {
    {1, 0, 0},
    {-2 / 3., -2 / 3. * NEAR, -1 / 3.},
    {-2 / 3., 2 / 3. * NEAR, -1 / 3.},
    {1 / 6., FAR / 6, 1 / 3.},
    {1 / 6., -FAR / 6, 1 / 3.},
    {0, 0, 1},
  };

  /** Powers 0 to 3 of the points. */
  private static final double[][] A_TRANSPOSED = {
    {1, 1, 1, 1, 1, 0},
    {0, NEAR, -NEAR, FAR, -FAR, 0},
    {0, 0.5, 0.5, 2, 2, 0},
    {0, NEAR / 2, -NEAR / 2, 2 * FAR, -2 * FAR, 1},
  };

  /** The same at 0, ±√½ and infinity alone, of tiles of two outputs. */
  private static final double[][] SHORT_B_TRANSPOSED = {
    {1, 0, -2, 0, 0, 0},
    {0, -1.5 * NEAR, -1.5, 0, 0, 0},
    {0, 1.5 * NEAR, -1.5, 0, 0, 0},
    {0, 0, 0, 0, 0, 0},
    {0, 0, 0, 0, 0, 0},
    {0, -0.5, 0, 1, 0, 0},
  };

  private static final double[][] SHORT_A_TRANSPOSED = {
    {1, 1, 1, 0, 0, 0}, {0, NEAR, -NEAR, 0, 0, 1},
  };

  private final BothKernels both = new BothKernels();

  static Stream<WinogradGeometry> geometries() {
    return Stream.of(
        new WinogradGeometry(1, 1, 1, 1, 1, 1),
        new WinogradGeometry(1, 1, 1, 1, 0, 2),
        new WinogradGeometry(1, 1, 3, 3, 2, 2),
        new WinogradGeometry(2, 9, 3, 8, 2, 0),
        new WinogradGeometry(8, 3, 7, 4, 0, 2),
        new WinogradGeometry(4, 4, 4, 4, 1, 1),
        new WinogradGeometry(6, 6, 4, 4, 0, 0),
        new WinogradGeometry(4, 4, 6, 6, 2, 2),
        new WinogradGeometry(5, 7, 3, 5, 0, 0),
        new WinogradGeometry(3, 5, 5, 7, 2, 2),
        new WinogradGeometry(5, 6, 11, 9, 1, 0),
        new WinogradGeometry(9, 13, 9, 13, 1, 1),
        new WinogradGeometry(13, 9, 13, 9, 1, 1),
        new WinogradGeometry(13, 9, 12, 10, 0, 2),
        new WinogradGeometry(5, 37, 5, 36, 1, 0),
        // Short and narrow tiles at the edges, of two outputs and of one.
        new WinogradGeometry(14, 14, 14, 14, 1, 1),
        new WinogradGeometry(8, 16, 6, 14, 0, 0),
        new WinogradGeometry(5, 13, 5, 13, 1, 1),
        new WinogradGeometry(3, 30, 4, 30, 2, 1),
        new WinogradGeometry(2, 16, 2, 16, 1, 1),
        new WinogradGeometry(2, 30, 1, 29, 0, 0),
        // A border so wide that tiles begin behind the input.
        new WinogradGeometry(5, 3, 5, 24, 1, 1));
  }

  /**
   * Where transformed tiles lie.
   *
   * @param place of the first
   */
  private record Layout(int tiles, TileLayout strides, int place) {
    /**
     * Side by side; with gaps between tiles; one tile after the other with odd gaps; by panels of
     * three maps, from within a panel on.
     */
    static List<Layout> of(int tiles) {
      return List.of(
          new Layout(tiles, TileLayout.evenly(WIDTH, tiles * WIDTH + WIDTH), 0),
          new Layout(tiles, TileLayout.evenly(5 * WIDTH, tiles * 5 * WIDTH + 7), 0),
          new Layout(tiles, TileLayout.evenly(Winograd.POSITIONS * (WIDTH + 3) + 5, WIDTH + 3), 0),
          new Layout(tiles, new TileLayout(WIDTH, 12 * WIDTH, (tiles + 6) * 3 * WIDTH), 3));
    }

    int size() {
      return at(tiles - 1, Winograd.POSITIONS - 1, 0) + 4 * WIDTH;
    }

    int at(int tile, int position, int lane) {
      int panel = (place + tile) / Pack.SIZE * strides.panelStride();
      int inPanel = (place + tile) % Pack.SIZE * strides.tileStride();
      return GUARD + panel + inPanel + position * strides.positionStride() + lane;
    }
  }

  /** Ranges of tiles {@code {first, count}} that begin and end anywhere in a row of tiles. */
  private static List<int[]> ranges(WinogradGeometry geometry) {
    int tiles = geometry.tiles();
    return Stream.of(
            new int[] {0, tiles},
            new int[] {0, 1},
            new int[] {tiles - 1, 1},
            new int[] {1, tiles - 1},
            new int[] {0, tiles - 1},
            new int[] {1, tiles - 2},
            new int[] {tiles / 2, 2},
            new int[] {tiles / 3, tiles / 2})
        .filter(range -> range[1] > 0 && range[0] + range[1] <= tiles)
        .toList();
  }

  /** A plane between values that nobody may read. */
  private static float[] plane(RandomSource random, int size) {
    float[] plane = new float[size + 2 * GUARD];
    Arrays.fill(plane, Float.NaN);
    System.arraycopy(values(random, size), 0, plane, GUARD, size);
    return plane;
  }

  @ParameterizedTest
  @MethodSource("geometries")
  void inputGivesTheSameBits(WinogradGeometry geometry) {
    RandomSource random = new RandomSource("input" + geometry);
    float[] plane = plane(random, geometry.inputSize());
    for (int[] range : ranges(geometry)) {
      for (Layout layout : Layout.of(range[1])) {
        both.assertSame(
            random.again() + "from tile " + range[0] + ": " + layout,
            random.normal(layout.size() + 2 * GUARD),
            (kernels, to) -> input(kernels, geometry, plane, range[0], to, layout));
      }
    }
  }

  private static void input(
      Kernels kernels,
      WinogradGeometry geometry,
      float[] plane,
      int first,
      float[] to,
      Layout layout) {
    TileLayout strides = layout.strides();
    kernels
        .winograd()
        .input(
            geometry, ONE, plane, GUARD, first, layout.tiles(), to, GUARD, strides, layout.place());
    forgetLacking(geometry, first, layout, to);
  }

  /** Clears the positions that tiles lack, where anything may stand. */
  private static void forgetLacking(
      WinogradGeometry geometry, int first, Layout layout, float[] to) {
    for (int tile = 0; tile < layout.tiles(); tile++) {
      for (int position = 0; position < Winograd.POSITIONS; position++) {
        if (geometry.having(first + tile, 1, position) == 0) {
          int at = layout.at(tile, position, 0);
          Arrays.fill(to, at, at + WIDTH, 0);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("geometries")
  void outputGradientGivesTheSameBits(WinogradGeometry geometry) {
    RandomSource random = new RandomSource("outputGradient" + geometry);
    float[] plane = plane(random, geometry.outputSize());
    for (int[] range : ranges(geometry)) {
      for (Layout layout : Layout.of(range[1])) {
        both.assertSame(
            random.again() + "from tile " + range[0] + ": " + layout,
            random.normal(layout.size() + 2 * GUARD),
            (kernels, to) -> outputGradient(kernels, geometry, plane, range[0], to, layout));
      }
    }
  }

  private static void outputGradient(
      Kernels kernels,
      WinogradGeometry geometry,
      float[] plane,
      int first,
      float[] to,
      Layout layout) {
    TileLayout strides = layout.strides();
    kernels
        .winograd()
        .outputGradient(
            geometry, ONE, plane, GUARD, first, layout.tiles(), to, GUARD, strides, layout.place());
    forgetLacking(geometry, first, layout, to);
  }

  @ParameterizedTest
  @MethodSource("geometries")
  void outputGivesTheSameBits(WinogradGeometry geometry) {
    RandomSource random = new RandomSource("output" + geometry);
    for (int[] range : ranges(geometry)) {
      int first = range[0];
      int tiles = range[1];
      for (Layout layout : Layout.of(tiles)) {
        float[] source = values(random, layout.size());
        both.assertSame(
            random.again() + "from tile " + first + ": " + layout,
            random.normal(geometry.outputSize() + 2 * GUARD),
            (kernels, to) -> output(kernels, geometry, source, layout, first, -0.3f, to, GUARD));
      }
    }
  }

  static Stream<WinogradGeometry> evenGeometries() {
    return geometries().filter(WinogradGeometry::hasEvenOutput);
  }

  @ParameterizedTest
  @MethodSource("evenGeometries")
  void pooledOutputIsThePooledOutput(WinogradGeometry geometry) {
    RandomSource random = new RandomSource("pooledOutput" + geometry);
    Layout layout = Layout.of(geometry.tiles()).get(3);
    float[] source = values(random, layout.size());
    source[layout.at(0, 0, 3)] = Float.NaN;
    int pooled = geometry.outputSize() / 4;
    Kernels scalar = Kernels.scalar();
    float[] whole = new float[geometry.outputSize()];
    output(scalar, geometry, source, layout, 0, -0.3f, whole, 0);
    float[] expected = new float[2 * pooled];
    int height = geometry.outputHeight();
    int width = geometry.outputWidth();
    PoolGeometry squares =
        new PoolGeometry(height, width, height / 2, width / 2, 2, 2, 2, 2, 1, 1, 0, 0);
    scalar.pools().maxPool(squares, 1, whole, 0, expected, 0, expected, pooled);
    for (KernelsUnderTest kernels : KernelsUnderTest.values()) {
      float[] to = new float[2 * pooled];
      pooledOutput(kernels.create(), geometry, source, to, layout);
      Bits.assertSame(expected, to, random.again() + kernels);
    }
  }

  /** The pooled outputs, and behind them which of each square they were. */
  private static void pooledOutput(
      Kernels kernels, WinogradGeometry geometry, float[] source, float[] to, Layout layout) {
    int pooled = to.length / 2;
    float[] winners = new float[pooled];
    float[] plane = new float[pooled];
    TileLayout strides = layout.strides();
    int place = layout.place();
    // In two parts, which may begin within a row of tiles.
    int half = (geometry.tiles() + 1) / 2;
    float[] start = {-0.3f};
    WinogradKernels winograd = kernels.winograd();
    winograd.pooledOutput(
        geometry, ONE, source, GUARD, strides, place, 0, half, start, plane, winners, 0);
    int rest = geometry.tiles() - half;
    winograd.pooledOutput(
        geometry, ONE, source, GUARD, strides, place + half, half, rest, start, plane, winners, 0);
    System.arraycopy(plane, 0, to, 0, pooled);
    System.arraycopy(winners, 0, to, pooled, pooled);
  }

  private static void output(
      Kernels kernels,
      WinogradGeometry geometry,
      float[] source,
      Layout layout,
      int first,
      float start,
      float[] to,
      int offset) {
    int place = layout.place();
    int tiles = layout.tiles();
    kernels
        .winograd()
        .output(
            geometry,
            ONE,
            source,
            GUARD,
            layout.strides(),
            place,
            first,
            tiles,
            new float[] {start},
            to,
            offset);
  }

  @ParameterizedTest
  @EnumSource
  void filtersAreTheProductOfMatrices(KernelsUnderTest under) {
    RandomSource random = new RandomSource("filters in float64");
    WinogradKernels winograd = under.create().winograd();
    int count = 48;
    float[] cells = random.normal(Winograd.CELLS * count);
    float[] target = new float[Winograd.POSITIONS * count];
    winograd.filters(cells, target, count);
    float[] transformed = random.normal(Winograd.POSITIONS * count);
    float[] back = new float[Winograd.CELLS * count];
    winograd.filterGradient(transformed, back, count);
    for (int i = 0; i < count; i++) {
      int filter = i;
      double[][] g = square(3, (j, k) -> cells[(j * 3 + k) * count + filter]);
      assertTransformed(G, g, G, (j, k) -> target[(j * 6 + k) * count + filter], random.again());
      double[][] u = square(6, (j, k) -> transformed[(j * 6 + k) * count + filter]);
      double[][] turned = transposed(G);
      assertTransformed(
          turned, u, turned, (j, k) -> back[(j * 3 + k) * count + filter], random.again());
    }
  }

  @ParameterizedTest
  @EnumSource
  void tilesAreTheProductOfMatrices(KernelsUnderTest under) {
    Kernels kernels = under.create();
    for (WinogradGeometry geometry : geometries().toList()) {
      RandomSource random = new RandomSource("in float64" + geometry);
      Layout layout = Layout.of(geometry.tiles()).get(3);
      float[] input = plane(random, geometry.inputSize());
      float[] output = plane(random, geometry.outputSize());
      float[] patches = new float[layout.size() + 2 * GUARD];
      input(kernels, geometry, input, 0, patches, layout);
      float[] gradients = new float[layout.size() + 2 * GUARD];
      outputGradient(kernels, geometry, output, 0, gradients, layout);
      Layout dense = Layout.of(geometry.tiles()).get(0);
      float[] products = random.normal(dense.size() + 2 * GUARD);
      float start = 0.7f;
      float[] y = new float[geometry.outputSize()];
      output(kernels, geometry, products, dense, 0, start, y, 0);
      for (int i = 0; i < geometry.tiles(); i++) {
        int tile = i;
        int row = geometry.outputRow(tile);
        int column = geometry.outputColumn(tile);
        for (int j = 0; j < WIDTH; j += 5) {
          int lane = j;
          String what = random.again() + geometry + " tile " + tile + " lane " + lane;
          double[][] d =
              square(
                  6,
                  (m, n) ->
                      pixel(
                          input,
                          GUARD + lane,
                          geometry.inputHeight(),
                          geometry.inputWidth(),
                          row - geometry.top() + m,
                          column - geometry.left() + n));
          assertTransformed(
              geometry.isShort(tile) ? SHORT_B_TRANSPOSED : B_TRANSPOSED,
              d,
              geometry.isNarrow(tile) ? SHORT_B_TRANSPOSED : B_TRANSPOSED,
              (m, n) -> patches[layout.at(tile, m * 6 + n, lane)],
              what);
          double[][] down = geometry.isShort(tile) ? SHORT_A_TRANSPOSED : A_TRANSPOSED;
          double[][] along = geometry.isNarrow(tile) ? SHORT_A_TRANSPOSED : A_TRANSPOSED;
          int height = geometry.outputHeight();
          int width = geometry.outputWidth();
          double[][] dy =
              square(4, (m, n) -> pixel(output, GUARD + lane, height, width, row + m, column + n));
          assertTransformed(
              transposed(down),
              dy,
              transposed(along),
              (m, n) -> gradients[layout.at(tile, m * 6 + n, lane)],
              what + " gradient");
          double[][] product = square(6, (m, n) -> products[dense.at(tile, m * 6 + n, lane)]);
          double[][] transformed = transform(down, product, along, false);
          double[][] scale = transform(down, product, along, true);
          for (int m = 0; m < Math.min(4, height - row); m++) {
            for (int n = 0; n < Math.min(4, width - column); n++) {
              float actual = y[((row + m) * width + column + n) * WIDTH + lane];
              double allowed = ROUNDING * (scale[m][n] + start);
              assertEquals(transformed[m][n] + start, actual, allowed, what + " output");
            }
          }
        }
      }
    }
  }

  /** A value of a square, or of what was transformed. */
  private interface Cell {
    double at(int row, int column);
  }

  private static double[][] square(int side, Cell cell) {
    double[][] square = new double[side][side];
    for (int i = 0; i < side; i++) {
      for (int j = 0; j < side; j++) {
        square[i][j] = cell.at(i, j);
      }
    }
    return square;
  }

  /** A pixel of a plane, 0 outside. */
  private static double pixel(float[] plane, int offset, int height, int width, int y, int x) {
    boolean inside = y >= 0 && y < height && x >= 0 && x < width;
    return inside ? plane[offset + (y * width + x) * WIDTH] : 0;
  }

  private static double[][] transposed(double[][] matrix) {
    double[][] transposed = new double[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[i].length; j++) {
        transposed[j][i] = matrix[i][j];
      }
    }
    return transposed;
  }

  /** {@code D s Aᵀ}, or its sums of absolute products. */
  private static double[][] transform(
      double[][] down, double[][] source, double[][] along, boolean absolute) {
    double[][] result = new double[down.length][along.length];
    for (int i = 0; i < down.length; i++) {
      for (int j = 0; j < along.length; j++) {
        for (int k = 0; k < down[i].length; k++) {
          for (int l = 0; l < along[j].length; l++) {
            double product = down[i][k] * source[k][l] * along[j][l];
            result[i][j] += absolute ? Math.abs(product) : product;
          }
        }
      }
    }
    return result;
  }

  private static void assertTransformed(
      double[][] down, double[][] source, double[][] along, Cell actual, String what) {
    double[][] expected = transform(down, source, along, false);
    double[][] scale = transform(down, source, along, true);
    for (int i = 0; i < down.length; i++) {
      for (int j = 0; j < along.length; j++) {
        assertEquals(expected[i][j], actual.at(i, j), ROUNDING * scale[i][j], what);
      }
    }
  }
}

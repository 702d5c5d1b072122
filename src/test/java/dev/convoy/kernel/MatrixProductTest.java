package dev.convoy.kernel;

import static dev.convoy.testing.BothKernels.GUARD;
import static dev.convoy.testing.BothKernels.values;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.testing.Bits;
import dev.convoy.testing.BothKernels;
import dev.convoy.testing.KernelsUnderTest;
import dev.convoy.testing.RandomSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Products of matrices, and the turning of lanes that comes before them. */
class MatrixProductTest {
  private static final int WIDTH = Lanes.WIDTH;
  private static final int PACK = Kernels.PACK;

  /** Half the distance from 1 to the next float: the largest error of a rounding, of the value. */
  private static final double ROUNDING = 0x1p-24;

  private final BothKernels both = new BothKernels();

  /** The left matrix as {@code [rows/4][depth][4]}, with a gap after each four rows. */
  private static MatrixGeometry packed(int rows, int depth, int columns) {
    return new MatrixGeometry(
        rows, depth, columns, depth * PACK + 3, PACK, columns + 5, columns + 7);
  }

  /** The left matrix as {@code [depth][rows]}, with a gap after each. */
  private static MatrixGeometry unpacked(int rows, int depth, int columns) {
    return new MatrixGeometry(rows, depth, columns, PACK, rows + 9, columns, columns + WIDTH);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 16, 31, 64, 70, 96, 97, 200})
  void addProductGivesTheSameBits(int depth) {
    for (int rows = PACK; rows <= 20; rows += PACK) {
      for (int columns = WIDTH; columns <= 7 * WIDTH; columns += WIDTH) {
        assertSameBits(packed(rows, depth, columns));
        assertSameBits(unpacked(rows, depth, columns));
      }
    }
    // So many rows that the right matrix is copied.
    assertSameBits(packed(68, depth, 9 * WIDTH));
    assertSameBits(unpacked(64, depth, 6 * WIDTH));
  }

  private void assertSameBits(MatrixGeometry geometry) {
    RandomSource random = new RandomSource("addProduct" + geometry);
    float[] left = values(random, 3 + (int) geometry.leftReach());
    float[] right = values(random, 5 + (int) geometry.rightReach());
    both.assertSame(
        random.again() + geometry,
        random.normal((int) geometry.targetReach() + 2 * GUARD),
        (kernels, to) -> kernels.addProduct(geometry, left, 3, right, 5, to, GUARD));
  }

  @ParameterizedTest
  @EnumSource
  void addProductAddsTheSumOfProducts(KernelsUnderTest under) {
    Kernels kernels = under.create();
    for (int depth : new int[] {1, 2, 7, 70}) {
      for (int columns : new int[] {16, 48, 112}) {
        assertSumOfProducts(kernels, packed(12, depth, columns));
        assertSumOfProducts(kernels, unpacked(12, depth, columns));
      }
    }
  }

  /** Compares with float64: a sum of k products has k roundings, and one more joins the target. */
  private static void assertSumOfProducts(Kernels kernels, MatrixGeometry geometry) {
    RandomSource random = new RandomSource("addProduct in float64" + geometry);
    float[] left = random.normal(3 + (int) geometry.leftReach());
    float[] right = random.normal(5 + (int) geometry.rightReach());
    float[] before = random.normal((int) geometry.targetReach() + 2 * GUARD);
    float[] after = before.clone();
    kernels.addProduct(geometry, left, 3, right, 5, after, GUARD);
    float[] untouched = after.clone();
    for (int m = 0; m < geometry.rows(); m++) {
      for (int n = 0; n < geometry.columns(); n++) {
        int at = GUARD + m * geometry.targetRow() + n;
        double sum = before[at];
        double scale = Math.abs(sum);
        int row = 3 + m / PACK * geometry.leftGroup() + m % PACK;
        for (int k = 0; k < geometry.depth(); k++) {
          float weight = left[row + k * geometry.leftStep()];
          double product = (double) weight * right[5 + k * geometry.rightStep() + n];
          sum += product;
          scale += Math.abs(product);
        }
        double allowed = (geometry.depth() + 1) * ROUNDING * scale;
        assertEquals(sum, after[at], allowed, random.again() + geometry + " at " + m + ", " + n);
        untouched[at] = before[at];
      }
    }
    Bits.assertSame(before, untouched, "between the rows of " + geometry);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 9, 13, 16, 31})
  void swapLanesGivesTheSameBits(int count) {
    RandomSource random = new RandomSource("swapLanes" + count);
    for (int gap : new int[] {0, 7, WIDTH}) {
      int sourceStride = count * WIDTH + gap;
      int targetStride = count * WIDTH + 2 * gap;
      float[] source = values(random, 3 + WIDTH * sourceStride);
      both.assertSame(
          random.again() + "gap " + gap,
          random.normal((WIDTH - 1) * targetStride + count * WIDTH + 2 * GUARD),
          (kernels, to) ->
              kernels.swapLanes(source, 3, sourceStride, count, to, GUARD, targetStride));
    }
  }

  @ParameterizedTest
  @EnumSource
  void swappedRowsLieInTheLanesAndSwappedTwiceBack(KernelsUnderTest under) {
    Kernels kernels = under.create();
    RandomSource random = new RandomSource("swapLanes twice");
    for (int count : new int[] {1, 7, 8, 9, 31}) {
      int sourceStride = count * WIDTH + 5;
      int targetStride = count * WIDTH + WIDTH;
      float[] source = random.normal((WIDTH - 1) * sourceStride + count * WIDTH);
      float[] target = new float[(WIDTH - 1) * targetStride + count * WIDTH];
      kernels.swapLanes(source, 0, sourceStride, count, target, 0, targetStride);
      for (int row = 0; row < WIDTH; row++) {
        for (int i = 0; i < count; i++) {
          for (int lane = 0; lane < WIDTH; lane++) {
            assertEquals(
                source[row * sourceStride + i * WIDTH + lane],
                target[lane * targetStride + i * WIDTH + row],
                random.again() + count + " blocks: row " + row + " lane " + lane);
          }
        }
      }
      float[] back = source.clone();
      for (int row = 0; row < WIDTH; row++) {
        int from = row * sourceStride;
        Arrays.fill(back, from, from + count * WIDTH, Float.NaN);
      }
      kernels.swapLanes(target, 0, targetStride, count, back, 0, sourceStride);
      Bits.assertSame(source, back, random.again() + count + " blocks, twice");
    }
  }

  @Test
  void theFacadeRefusesRangesOutsideArrays() {
    Kernels kernels = Kernels.scalar();
    MatrixGeometry geometry = new MatrixGeometry(8, 2, 16, 8, 4, 16, 16);
    float[] left = new float[16];
    float[] right = new float[32];
    float[] target = new float[128];
    kernels.addProduct(geometry, left, 0, right, 0, target, 0);
    assertRefused(
        "addProduct left needs [1, 17) of an array of 16",
        () -> kernels.addProduct(geometry, left, 1, right, 0, target, 0));
    assertRefused(
        "addProduct right needs [1, 33) of an array of 32",
        () -> kernels.addProduct(geometry, left, 0, right, 1, target, 0));
    assertRefused(
        "addProduct target needs [-1, 127) of an array of 128",
        () -> kernels.addProduct(geometry, left, 0, right, 0, target, -1));
    float[] square = new float[256];
    kernels.swapLanes(square, 0, 16, 1, new float[256], 0, 16);
    assertRefused(
        "swapLanes source needs [1, 257) of an array of 256",
        () -> kernels.swapLanes(square, 1, 16, 1, new float[256], 0, 16));
    assertRefused(
        "swapLanes target needs [0, 271) of an array of 256",
        () -> kernels.swapLanes(square, 0, 16, 1, new float[256], 0, 17));
  }

  private static void assertRefused(String message, Runnable call) {
    IndexOutOfBoundsException e = assertThrows(IndexOutOfBoundsException.class, call::run);
    assertTrue(e.getMessage().endsWith(message), e.getMessage());
  }

  @Test
  void matricesComeInWholePacksAndLanes() {
    for (int[] shape : new int[][] {{6, 16}, {8, 24}}) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> new MatrixGeometry(shape[0], 1, shape[1], 4, 4, shape[1], shape[1]));
      assertEquals(
          "MatrixGeometry needs rows by 4 and columns by 16, but got "
              + shape[0]
              + " x "
              + shape[1],
          e.getMessage());
    }
  }
}

package dev.convoy.kernel.pool;

import dev.convoy.tensor.Check;

/**
 * Windows over planes of images, in pixels. A window's cells outside the image do not take part.
 *
 * @param inputHeight rows of a plane
 * @param inputWidth columns of a plane
 * @param outputHeight rows of windows
 * @param outputWidth columns of windows
 * @param kernelHeight rows of cells of a window
 * @param kernelWidth columns of cells of a window
 * @param strideHeight pixels from one row of windows to the next
 * @param strideWidth pixels from one column of windows to the next
 * @param dilationHeight pixels from one row of cells to the next
 * @param dilationWidth pixels from one column of cells to the next
 * @param top rows by which the first window reaches over the image
 * @param left columns by which the first window reaches over the image
 */
public record PoolGeometry(
    int inputHeight,
    int inputWidth,
    int outputHeight,
    int outputWidth,
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int dilationHeight,
    int dilationWidth,
    int top,
    int left) {

  public PoolGeometry {
    Check.positive(inputHeight, "PoolGeometry.inputHeight");
    Check.positive(inputWidth, "PoolGeometry.inputWidth");
    Check.positive(outputHeight, "PoolGeometry.outputHeight");
    Check.positive(outputWidth, "PoolGeometry.outputWidth");
  }

  /** Returns the first row of cells of the window row {@code m} that lies in the image. */
  public int firstRow(int m) {
    return first(m * strideHeight - top, dilationHeight);
  }

  /** Returns one past the last row of cells that lies in the image. */
  public int endRow(int m) {
    return end(m * strideHeight - top, dilationHeight, kernelHeight, inputHeight);
  }

  /** Returns the first column of cells of the window column {@code n} that lies in the image. */
  public int firstColumn(int n) {
    return first(n * strideWidth - left, dilationWidth);
  }

  /** Returns one past the last column of cells that lies in the image. */
  public int endColumn(int n) {
    return end(n * strideWidth - left, dilationWidth, kernelWidth, inputWidth);
  }

  /** Returns where cell (j, k) of window (m, n) lies in its plane, in pixels. */
  public int pixel(int m, int n, int j, int k) {
    int y = m * strideHeight - top + j * dilationHeight;
    int x = n * strideWidth - left + k * dilationWidth;
    return y * inputWidth + x;
  }

  /** Tells whether windows of 2 by 2 cover each pixel of a plane once. */
  public boolean halves() {
    return isSquare()
        && strideHeight == 2
        && strideWidth == 2
        && top == 0
        && left == 0
        && inputHeight == 2 * outputHeight
        && inputWidth == 2 * outputWidth;
  }

  /** Tells whether windows are of 2 by 2 cells without gaps. */
  public boolean isSquare() {
    return kernelHeight == 2 && kernelWidth == 2 && dilationHeight == 1 && dilationWidth == 1;
  }

  /** Pixels of an input plane. */
  public int inputSize() {
    return inputHeight * inputWidth;
  }

  /** Values of an output plane. */
  public int outputSize() {
    return outputHeight * outputWidth;
  }

  private static int first(int start, int dilation) {
    return start >= 0 ? 0 : (-start + dilation - 1) / dilation;
  }

  private static int end(int start, int dilation, int kernel, int size) {
    return Math.max(0, Math.min(kernel, (size - start + dilation - 1) / dilation));
  }
}

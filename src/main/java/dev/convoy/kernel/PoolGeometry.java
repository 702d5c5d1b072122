package dev.convoy.kernel;

import dev.convoy.tensor.Check;

/**
 * Windows over planes of images, in pixels. A window's cells outside the image do not take part.
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

  /** The first row of cells of the window row {@code m} that lies in the image. */
  public int firstRow(int m) {
    return first(m * strideHeight - top, dilationHeight);
  }

  /** One past the last row of cells that lies in the image. */
  public int endRow(int m) {
    return end(m * strideHeight - top, dilationHeight, kernelHeight, inputHeight);
  }

  /** The first column of cells of the window column {@code n} that lies in the image. */
  public int firstColumn(int n) {
    return first(n * strideWidth - left, dilationWidth);
  }

  /** One past the last column of cells that lies in the image. */
  public int endColumn(int n) {
    return end(n * strideWidth - left, dilationWidth, kernelWidth, inputWidth);
  }

  /** Where cell (j, k) of window (m, n) lies in its plane, in pixels. */
  public int pixel(int m, int n, int j, int k) {
    int y = m * strideHeight - top + j * dilationHeight;
    int x = n * strideWidth - left + k * dilationWidth;
    return y * inputWidth + x;
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

package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;

/**
 * Windows sliding over an image of a known size: how many there are, and the border they need.
 *
 * @param inputHeight H of the image without its border
 * @param inputWidth W of the image without its border
 * @param kernel the window's side in cells
 * @param stride pixels from one window to the next
 * @param dilation pixels from one cell of a window to the next
 * @param top rows of border above the image
 * @param left columns of border before it
 * @param outputHeight windows from top to bottom
 * @param outputWidth windows from left to right
 */
@PublicApi
public record Window(
    int inputHeight,
    int inputWidth,
    Size kernel,
    Size stride,
    Size dilation,
    int top,
    int left,
    int outputHeight,
    int outputWidth) {
  /** Keeps every row and column that a window reaches, also beyond the border, below 2^31. */
  private static final int MAX_SIDE = 1 << 30;

  /**
   * The windows of {@code in}, by {@code n_out = floor((n_in + p - d·(f - 1) - 1) / s) + 1} along
   * each side; {@code ceilMode} rounds up, as long as the last window starts inside the image or
   * its border above and left.
   *
   * @throws ShapeException if {@code in} is not {@code [C, H, W]} or no window fits
   */
  public static Window over(
      Shape in, Size kernel, Size stride, Size dilation, Padding padding, boolean ceilMode) {
    if (!in.isImage()) {
      throw new ShapeException("needs [C, H, W], but got " + in);
    }
    long reachY = (long) dilation.height() * (kernel.height() - 1) + 1;
    long reachX = (long) dilation.width() * (kernel.width() - 1) + 1;
    long top = padding.top();
    long left = padding.left();
    long vertical = top + padding.bottom();
    long horizontal = left + padding.right();
    if (padding.same()) {
      vertical = sameBorder(in.height(), reachY, stride.height());
      horizontal = sameBorder(in.width(), reachX, stride.width());
      top = vertical / 2;
      left = horizontal / 2;
    }
    if (in.height() + vertical < reachY || in.width() + horizontal < reachX) {
      throw new ShapeException(
          "needs [C, H>="
              + Math.max(1, reachY - vertical)
              + ", W>="
              + Math.max(1, reachX - horizontal)
              + "], but got "
              + in);
    }
    if (Math.max(in.height() + vertical, in.width() + horizontal) >= MAX_SIDE) {
      throw new ShapeException(
          "needs an image whose sides with their borders are below "
              + MAX_SIDE
              + ", but got "
              + in);
    }
    return new Window(
        in.height(),
        in.width(),
        kernel,
        stride,
        dilation,
        (int) top,
        (int) left,
        count(in.height(), vertical, top, reachY, stride.height(), ceilMode),
        count(in.width(), horizontal, left, reachX, stride.width(), ceilMode));
  }

  /**
   * Rows of the image with its border, as far as windows reach (and no less than the image and its
   * upper border).
   */
  public int paddedHeight() {
    int reach =
        (outputHeight - 1) * stride.height() + dilation.height() * (kernel.height() - 1) + 1;
    return Math.max(reach, top + inputHeight);
  }

  /**
   * Columns of the image with its border, as far as windows reach (and no less than the image and
   * its left border).
   */
  public int paddedWidth() {
    int reach = (outputWidth - 1) * stride.width() + dilation.width() * (kernel.width() - 1) + 1;
    return Math.max(reach, left + inputWidth);
  }

  /** Returns whether windows reach beyond the image. */
  public boolean isPadded() {
    return paddedHeight() > inputHeight || paddedWidth() > inputWidth;
  }

  private static long sameBorder(long n, long reach, long stride) {
    long windows = (n + stride - 1) / stride;
    return Math.max(0, (windows - 1) * stride + reach - n);
  }

  private static int count(
      long n, long border, long before, long reach, long stride, boolean ceilMode) {
    long slack = n + border - reach;
    if (!ceilMode) {
      return (int) (slack / stride + 1);
    }
    long windows = (slack + stride - 1) / stride + 1;
    return (int) ((windows - 1) * stride >= n + before ? windows - 1 : windows);
  }
}

package dev.convoy.image.filter;

import dev.convoy.image.Plane;
import dev.convoy.nn.layer.Padding;
import dev.convoy.nn.layer.Size;
import dev.convoy.nn.layer.Window;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.ShapeException;
import java.io.Serializable;

/**
 * Slides a kernel over a plane: at each position the sum of the products of kernel and window.
 *
 * <p>Maps {@code [H, W]} to {@code [OH, OW]} with {@code OH = floor((H + border - height) / stride)
 * + 1}, and OW likewise; the border is zeros. All is in double precision, each sum in the order of
 * the kernel's cells, row by row.
 *
 * @param kernel the matrix
 * @param padding the border; none by default
 * @param stride pixels from one window to the next; 1 by default
 * @param mode correlation by default
 */
public record KernelFilter(
    FilterKernel kernel,
    @Defaulted Padding padding,
    @Defaulted Size stride,
    @Defaulted FilterMode mode)
    implements Serializable {
  public KernelFilter {
    Check.present(kernel, "KernelFilter.kernel");
    padding = padding == null ? Padding.VALID : padding;
    stride = stride == null ? Size.of(1) : stride;
    mode = mode == null ? FilterMode.CORRELATION : mode;
  }

  /** Correlation at every position where the kernel lies inside the plane. */
  public static KernelFilter of(FilterKernel kernel) {
    return new KernelFilter(kernel, null, null, null);
  }

  /** The same with this border. */
  public KernelFilter withPadding(Padding padding) {
    return new KernelFilter(kernel, padding, stride, mode);
  }

  /** The same with this stride. */
  public KernelFilter withStride(int stride) {
    return new KernelFilter(kernel, padding, Size.of(stride), mode);
  }

  /** The same in this mode. */
  public KernelFilter withMode(FilterMode mode) {
    return new KernelFilter(kernel, padding, stride, mode);
  }

  /**
   * The result, whose rows are computed when they are read.
   *
   * @throws ShapeException if no window fits
   */
  public Plane apply(Plane in) {
    FilterKernel correlated = mode == FilterMode.CONVOLUTION ? kernel.turned() : kernel;
    return new FilteredPlane(in, correlated, windows(in.height(), in.width()));
  }

  /**
   * The windows over a plane of this size.
   *
   * @throws ShapeException if none fits
   */
  public Window windows(int height, int width) {
    Size size = new Size(kernel.height(), kernel.width());
    try {
      return Window.over(
          Shape.of(1, height, width), size, stride, Size.of(1), padding, /* ceilMode= */ false);
    } catch (ShapeException e) {
      throw new ShapeException(
          "the kernel of " + kernel.height() + "x" + kernel.width() + " " + e.getMessage());
    }
  }

  /**
   * Counts how often each pixel takes part in the result: the windows that it lies in.
   *
   * @return counts {@code [H, W]}
   * @throws ShapeException if no window fits
   */
  public long[][] participation(int height, int width) {
    Window w = windows(height, width);
    long[] rows =
        participation(height, w.top(), kernel.height(), stride.height(), w.outputHeight());
    long[] columns =
        participation(width, w.left(), kernel.width(), stride.width(), w.outputWidth());
    long[][] counts = new long[height][width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        counts[y][x] = rows[y] * columns[x];
      }
    }
    return counts;
  }

  /**
   * Counts the windows in which each row or column lies: those that start no later and reach it.
   */
  private static long[] participation(int side, int before, int kernel, int stride, int windows) {
    long[] counts = new long[side];
    for (int i = 0; i < side; i++) {
      int at = i + before;
      int first = Math.max(0, Math.floorDiv(at - kernel, stride) + 1);
      int last = Math.min(windows - 1, at / stride);
      counts[i] = Math.max(0, last - first + 1);
    }
    return counts;
  }

  /**
   * Differences up to this may be rounding alone, for bytes as input: a sum of n products is off by
   * at most n·2^-53 of the sum of their sizes, and each input by three roundings.
   */
  double rounding() {
    return (kernel.height() * (double) kernel.width() + 3) * 0x1p-52 * kernel.gain() * 255;
  }
}

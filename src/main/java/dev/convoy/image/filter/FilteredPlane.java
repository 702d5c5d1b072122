package dev.convoy.image.filter;

import dev.convoy.image.Plane;
import dev.convoy.nn.layer.Window;
import java.util.Arrays;

/** Computes what a kernel, in correlation, makes of a plane. One thread reads it at a time. */
final class FilteredPlane implements Plane {
  private final Plane in;
  private final FilterKernel kernel;
  private final Window windows;

  /** A row of the input between its left and right border, which stay 0. */
  private final double[] padded;

  FilteredPlane(Plane in, FilterKernel kernel, Window windows) {
    this.in = in;
    this.kernel = kernel;
    this.windows = windows;
    this.padded = new double[windows.paddedWidth()];
  }

  @Override
  public int height() {
    return windows.outputHeight();
  }

  @Override
  public int width() {
    return windows.outputWidth();
  }

  @Override
  public void row(int y, double[] target, int offset) {
    Arrays.fill(target, offset, offset + width(), 0);
    int first = y * windows.stride().height() - windows.top();
    for (int j = 0; j < kernel.height(); j++) {
      if (first + j >= 0 && first + j < in.height()) {
        in.row(first + j, padded, windows.left());
        for (int k = 0; k < kernel.width(); k++) {
          addProducts(kernel.at(j, k), k, target, offset);
        }
      }
    }
  }

  private void addProducts(double weight, int column, double[] target, int offset) {
    int width = windows.outputWidth();
    int stride = windows.stride().width();
    if (weight == 0) {
      return;
    } else if (stride == 1) { // apart, so that the compiler makes it vectors
      for (int x = 0; x < width; x++) {
        target[offset + x] += weight * padded[column + x];
      }
    } else {
      for (int x = 0; x < width; x++) {
        target[offset + x] += weight * padded[column + x * stride];
      }
    }
  }
}

package dev.convoy.nn.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.nn.layer.Window;
import dev.convoy.nn.replica.step.Sums;
import java.util.Arrays;

/**
 * A convolution of stride 1 and its gradients in float64, loop within loop; and the sums of the
 * absolute products that make up each value.
 *
 * <p>Errors are measured by the largest such sum in a value's plane (of an image's map, or of a
 * filter's cells), not by its own: Winograd's tiles share their roundings, so that a value at the
 * border, of few products, has the errors of its neighbours.
 */
public final class PlainConvolution {
  public final Sums y;
  public final Sums weightGradient;
  public final Sums biasGradient;
  public final Sums inputGradient;

  /** Values, and their sums of absolute products, plane after plane. */
  public static final class Sums {
    private final int plane;
    private final double[] values;
    private final double[] scales;

    private Sums(int count, int plane) {
      this.plane = plane;
      values = new double[count];
      scales = new double[count];
    }

    private void add(int at, double product) {
      values[at] += product;
      scales[at] += Math.abs(product);
    }

    /** Fails unless all errors are within {@code bound} times the largest sum of their plane. */
    public void assertClose(float[] actual, double bound, String what) {
      assertEquals(values.length, actual.length, what + ": length");
      for (int first = 0; first < actual.length; first += plane) {
        double scale = Arrays.stream(scales, first, first + plane).max().getAsDouble();
        for (int i = first; i < first + plane; i++) {
          assertEquals(values[i], actual[i], bound * scale, what);
        }
      }
    }
  }

  /**
   * Computes all of it.
   *
   * @param x images {@code [images, channels, H, W]}
   * @param weight filters {@code [filters, channels, kh, kw]}
   * @param bias one value a filter; {@code null} for none
   * @param dy gradients of the outputs {@code [images, filters, OH, OW]}
   */
  public PlainConvolution(
      Window window,
      int images,
      int channels,
      int filters,
      float[] x,
      float[] weight,
      float[] bias,
      float[] dy) {
    int height = window.outputHeight();
    int width = window.outputWidth();
    y = new Sums(dy.length, height * width);
    weightGradient = new Sums(weight.length, window.kernel().area());
    biasGradient = new Sums(filters, 1);
    inputGradient = new Sums(x.length, window.inputHeight() * window.inputWidth());
    for (int n = 0; n < images; n++) {
      for (int o = 0; o < filters; o++) {
        int plane = (n * filters + o) * height * width;
        for (int at = plane; at < plane + height * width; at++) {
          y.add(at, bias == null ? 0 : bias[o]);
          biasGradient.add(o, dy[at]);
        }
        for (int c = 0; c < channels; c++) {
          int image = (n * channels + c) * window.inputHeight() * window.inputWidth();
          int filter = (o * channels + c) * window.kernel().area();
          planes(window, x, image, weight, filter, dy, plane);
        }
      }
    }
  }

  private void planes(
      Window window, float[] x, int image, float[] weight, int filter, float[] dy, int plane) {
    for (int j = 0; j < window.kernel().height(); j++) {
      for (int k = 0; k < window.kernel().width(); k++) {
        int cell = filter + j * window.kernel().width() + k;
        for (int m = 0; m < window.outputHeight(); m++) {
          int row = m + j - window.top();
          for (int p = 0; p < window.outputWidth(); p++) {
            int column = p + k - window.left();
            if (row >= 0
                && row < window.inputHeight()
                && column >= 0
                && column < window.inputWidth()) {
              int from = image + row * window.inputWidth() + column;
              int to = plane + m * window.outputWidth() + p;
              y.add(to, (double) weight[cell] * x[from]);
              weightGradient.add(cell, (double) dy[to] * x[from]);
              inputGradient.add(from, (double) dy[to] * weight[cell]);
            }
          }
        }
      }
    }
  }
}

package dev.convoy.image;

import dev.convoy.tensor.Shape;
import java.util.Arrays;

/**
 * Computes a picture of another size, a strip of columns at a time: each row is brought to the
 * strip's width when it is needed, and few rows are held, so that a picture of one column and
 * millions of rows takes no more memory than any other.
 */
final class Resampling {
  /** Columns of the result in a strip. */
  private static final int STRIP = 4096;

  /** Weights that are kept for all rows; longer rows are few, and computed each time. */
  private static final int MOST_WEIGHTS = 1 << 22;

  /** More rows than are ever made, or looked at, at the same time. */
  private static final int HELD = 8;

  private final byte[] pixels;
  private final Shape from;
  private final Shape to;
  private final Interpolation columns;
  private final Interpolation rows;
  private final byte[] result;
  private final double[][] held;

  private int channel;
  private int left;
  private int width;

  /** The first pixel that counts for each of the strip's columns. */
  private int[] firsts = new int[0];

  /** A row of the picture, if the strip's weights are kept: pixels count several times. */
  private double[] light = new double[0];

  /** The strip's weights, if they are kept. */
  private double[][] weights = new double[0][];

  private Resampling(Picture picture, Shape to) {
    this.pixels = picture.pixels();
    this.from = picture.shape();
    this.to = to;
    this.columns = new Interpolation(from.width(), to.width());
    this.rows = new Interpolation(from.height(), to.height());
    this.result = new byte[to.size()];
    this.held = new double[HELD][Math.min(STRIP, to.width())];
  }

  /** Pixels of the shape's size. */
  static byte[] resize(Picture picture, Shape to) {
    return new Resampling(picture, to).resize();
  }

  private byte[] resize() {
    for (left = 0; left < to.width(); left += STRIP) {
      width = Math.min(STRIP, to.width() - left);
      firsts = new int[width];
      Arrays.setAll(firsts, x -> columns.first(left + x));
      boolean isLong = columns.count(width) > MOST_WEIGHTS || from.width() > MOST_WEIGHTS;
      weights = new double[isLong ? 0 : width][];
      for (int x = 0; x < weights.length; x++) {
        weights[x] = columns.weights(left + x);
      }
      light = new double[weights.length == 0 ? 0 : from.width()];
      for (channel = 0; channel < to.channels(); channel++) {
        if (from.height() < to.height()) {
          stretch();
        } else {
          shrink();
        }
      }
    }
    return result;
  }

  /** Goes through the result's rows, holding those rows of the picture that make one. */
  private void stretch() {
    double[] sums = new double[width];
    int next = 0;
    for (int y = 0; y < to.height(); y++) {
      for (; next < rows.end(y); next++) {
        narrow(next, held[next % HELD]);
      }
      Arrays.fill(sums, 0);
      double sum = rows.sum(y);
      for (int source = rows.first(y); source < rows.end(y); source++) {
        add(held[source % HELD], rows.raw(y, source) / sum, sums, width);
      }
      store(sums, y);
    }
  }

  /** Goes through the picture's rows, holding those rows of the result that one is part of. */
  private void shrink() {
    double[] row = new double[width];
    double[] sum = new double[HELD];
    int begun = 0;
    int done = 0;
    for (int source = 0; source < from.height(); source++) {
      narrow(source, row);
      for (; begun < to.height() && rows.first(begun) <= source; begun++) {
        Arrays.fill(held[begun % HELD], 0);
        sum[begun % HELD] = rows.sum(begun);
      }
      for (int y = done; y < begun; y++) {
        add(row, rows.raw(y, source) / sum[y % HELD], held[y % HELD], width);
      }
      for (; done < begun && rows.end(done) == source + 1; done++) {
        store(held[done % HELD], done);
      }
    }
  }

  private void narrow(int y, double[] target) {
    int row = (channel * from.height() + y) * from.width();
    if (weights.length == 0) {
      narrowLong(row, target);
    } else {
      narrow(row, firsts[0], columns.end(left + width - 1), target);
    }
  }

  private void narrow(int row, int start, int end, double[] target) {
    double[] values = light;
    for (int x = start; x < end; x++) {
      values[x] = pixels[row + x] & 0xFF;
    }
    for (int x = 0; x < weights.length; x++) {
      double[] some = weights[x];
      int first = firsts[x];
      double sum = 0;
      for (int i = 0; i < some.length; i++) {
        sum += some[i] * values[first + i];
      }
      target[x] = sum;
    }
  }

  private void narrowLong(int row, double[] target) {
    for (int x = 0; x < width; x++) {
      double all = columns.sum(left + x);
      double sum = 0;
      for (int i = firsts[x]; i < columns.end(left + x); i++) {
        sum += columns.raw(left + x, i) / all * (pixels[row + i] & 0xFF);
      }
      target[x] = sum;
    }
  }

  /** Adds row after row, so that the columns' sums go side by side. */
  private static void add(double[] row, double weight, double[] sums, int width) {
    for (int x = 0; x < width; x++) {
      sums[x] += weight * row[x];
    }
  }

  private void store(double[] sums, int y) {
    int at = (channel * to.height() + y) * to.width() + left;
    for (int x = 0; x < width; x++) {
      result[at + x] = (byte) Math.max(0, Math.min(255, Math.round(sums[x])));
    }
  }
}

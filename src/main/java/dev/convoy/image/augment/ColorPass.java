package dev.convoy.image.augment;

import dev.convoy.image.Luminance;
import dev.convoy.random.SeededRandom;
import dev.convoy.tensor.Shape;

/** {@link ColorJitter} at work. */
final class ColorPass implements PicturePass {
  /** The weights of red, green and blue in {@code hueRotate}. Source: W3C, Filter Effects, 9.6. */
  private static final double[] HUE_WEIGHTS = {0.213, 0.715, 0.072};

  /** The weights that the sine of the angle adds there, row by row. */
  private static final double[][] HUE_SINES = {
    {-0.213, -0.715, 0.928}, {0.143, 0.140, -0.283}, {-0.787, 0.715, 0.072}
  };

  private final ColorJitter jitter;
  private final int channels;
  private final int plane;
  private final double[][] hue = new double[3][3];
  private final float[] matrix = new float[9];

  ColorPass(ColorJitter jitter, Shape shape) {
    this.jitter = jitter;
    this.channels = shape.channels();
    this.plane = shape.height() * shape.width();
  }

  @Override
  public void apply(byte[] from, int offset, byte[] to, int toOffset, SeededRandom random) {
    double brightness = factor(jitter.brightness(), random);
    double contrast = factor(jitter.contrast(), random);
    double saturation = factor(jitter.saturation(), random);
    double turn = (2 * random.nextDouble() - 1) * jitter.hue();
    double scale = brightness * contrast;
    double added = jitter.contrast() > 0 ? (1 - contrast) * brightness * grey(from, offset) : 0;
    if (channels == 3) {
      colours(from, offset, to, toOffset, scale, added, saturation, turn);
      return;
    }
    for (int i = 0; i < channels * plane; i++) {
      to[toOffset + i] = round((float) ((from[offset + i] & 0xFF) * scale + added));
    }
  }

  private static double factor(double reach, SeededRandom random) {
    double least = Math.max(0, 1 - reach);
    return least + random.nextDouble() * (1 + reach - least);
  }

  /** The mean grey value of an image. */
  private double grey(byte[] from, int offset) {
    if (channels != 3) {
      return (double) sum(from, offset, channels * plane) / (channels * plane);
    }
    return Luminance.of(
        (double) sum(from, offset, plane) / plane,
        (double) sum(from, offset + plane, plane) / plane,
        (double) sum(from, offset + 2 * plane, plane) / plane);
  }

  private static long sum(byte[] from, int offset, int count) {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += from[offset + i] & 0xFF;
    }
    return sum;
  }

  private void colours(
      byte[] from,
      int offset,
      byte[] to,
      int toOffset,
      double scale,
      double added,
      double saturation,
      double turn) {
    setHue(turn);
    float rest = (float) added;
    for (int row = 0; row < 3; row++) {
      double sum = hue[row][0] + hue[row][1] + hue[row][2];
      for (int c = 0; c < 3; c++) {
        double grey = (1 - saturation) * Luminance.weight(c) * sum;
        matrix[3 * row + c] = (float) ((saturation * hue[row][c] + grey) * scale);
      }
    }
    float rr = matrix[0];
    float rg = matrix[1];
    float rb = matrix[2];
    float gr = matrix[3];
    float gg = matrix[4];
    float gb = matrix[5];
    float br = matrix[6];
    float bg = matrix[7];
    float bb = matrix[8];
    for (int i = 0; i < plane; i++) {
      float r = from[offset + i] & 0xFF;
      float g = from[offset + plane + i] & 0xFF;
      float b = from[offset + 2 * plane + i] & 0xFF;
      to[toOffset + i] = round(rr * r + rg * g + rb * b + rest);
      to[toOffset + plane + i] = round(gr * r + gg * g + gb * b + rest);
      to[toOffset + 2 * plane + i] = round(br * r + bg * g + bb * b + rest);
    }
  }

  private void setHue(double turn) {
    double sine = StrictMath.sin(2 * Math.PI * turn);
    double cosine = StrictMath.cos(2 * Math.PI * turn);
    for (int row = 0; row < 3; row++) {
      for (int c = 0; c < 3; c++) {
        double weight = HUE_WEIGHTS[c];
        double same = row == c ? 1 : 0;
        hue[row][c] = weight + cosine * (same - weight) + sine * HUE_SINES[row][c];
      }
    }
  }

  private static byte round(float value) {
    return (byte) (Math.max(0, Math.min(255, value)) + 0.5f);
  }
}

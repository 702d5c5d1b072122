package dev.convoy.image.augment;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;

/**
 * Turns each image about its middle by an angle drawn evenly from {@code [-degrees, degrees]}, by
 * linear interpolation: for cameras that are not held straight, and things that lie anyhow. Corners
 * that turn in from outside have the mean of {@code data.normalize}, which the network sees as 0.
 * Source: Simard, Steinkraus and Platt, ICDAR 2003.
 *
 * @param degrees the largest angle, above 0 and at most 180
 */
@PublicApi
public record Rotate(double degrees) implements PictureAugmentation {
  public Rotate {
    if (!(degrees > 0 && degrees <= 180)) {
      throw new IllegalArgumentException(
          "Rotate.degrees must be above 0 and at most 180, but was " + degrees);
    }
  }

  @Override
  public PicturePass bind(Shape shape, byte[] ground) {
    Turn turn = new Turn(shape, Check.present(ground, "ground"));
    double most = degrees;
    return (from, offset, to, toOffset, random) -> {
      double angle = StrictMath.toRadians((2 * random.nextDouble() - 1) * most);
      turn.apply(from, offset, to, toOffset, angle);
    };
  }

  /** Turns images of one shape. */
  static final class Turn {
    private final int channels;
    private final int height;
    private final int width;
    private final byte[] ground;

    Turn(Shape shape, byte[] ground) {
      this.channels = shape.channels();
      this.height = shape.height();
      this.width = shape.width();
      this.ground = ground;
    }

    /**
     * Turns an image.
     *
     * @param angle in radians, to the right
     */
    void apply(byte[] from, int offset, byte[] to, int toOffset, double angle) {
      float sine = (float) StrictMath.sin(angle);
      float cosine = (float) StrictMath.cos(angle);
      float middleX = (width - 1) / 2f;
      float middleY = (height - 1) / 2f;
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          float sourceX = middleX + cosine * (x - middleX) + sine * (y - middleY);
          float sourceY = middleY - sine * (x - middleX) + cosine * (y - middleY);
          pixel(from, offset, to, toOffset + y * width + x, sourceX, sourceY);
        }
      }
    }

    private void pixel(byte[] from, int offset, byte[] to, int at, float x, float y) {
      int left = (int) Math.floor(x);
      int top = (int) Math.floor(y);
      float right = x - left;
      float down = y - top;
      int plane = height * width;
      boolean inside = left >= 0 && top >= 0 && left < width - 1 && top < height - 1;
      for (int c = 0; c < channels; c++) {
        int first = offset + c * plane;
        float a;
        float b;
        if (inside) {
          int corner = first + top * width + left;
          a = between(from[corner] & 0xFF, from[corner + 1] & 0xFF, right);
          b = between(from[corner + width] & 0xFF, from[corner + width + 1] & 0xFF, right);
        } else {
          a =
              between(
                  value(from, first, c, left, top), value(from, first, c, left + 1, top), right);
          b =
              between(
                  value(from, first, c, left, top + 1),
                  value(from, first, c, left + 1, top + 1),
                  right);
        }
        to[at + c * plane] = (byte) (between(a, b, down) + 0.5f);
      }
    }

    private int value(byte[] from, int first, int channel, int x, int y) {
      boolean inside = x >= 0 && y >= 0 && x < width && y < height;
      return (inside ? from[first + y * width + x] : ground[channel]) & 0xFF;
    }

    private static float between(float a, float b, float share) {
      return a + (b - a) * share;
    }
  }
}

package dev.convoy.image.augment;

import dev.convoy.tensor.Shape;
import java.util.Arrays;

/**
 * Cuts a part of random area and ratio out of each image, and brings it to the image's size by
 * linear interpolation: things come in every size and shape. The area is a share of the image's,
 * drawn evenly from {@code scale}; width by height are drawn from {@code ratio} on a logarithmic
 * scale. Where ten parts in a row don't fit, the image stays whole. Source: Szegedy et al., CVPR
 * 2015, section 6.
 *
 * @param scale least and largest share of the area, above 0 and at most 1; {@code [0.08, 1]} by
 *     default
 * @param ratio least and largest width by height, above 0; {@code [0.75, 1.3333334]} by default
 */
public record RandomResizedCrop(float[] scale, float[] ratio) implements PictureAugmentation {
  private static final float[] DEFAULT_SCALE = {0.08f, 1};
  private static final float[] DEFAULT_RATIO = {3 / 4f, 4 / 3f};

  /** Parts that are drawn at most. */
  private static final int TRIES = 10;

  public RandomResizedCrop {
    scale = range(scale, DEFAULT_SCALE, "RandomResizedCrop.scale");
    ratio = range(ratio, DEFAULT_RATIO, "RandomResizedCrop.ratio");
    if (scale[1] > 1) {
      throw new IllegalArgumentException(
          "RandomResizedCrop.scale must be at most 1, but was " + scale[1]);
    }
  }

  private static float[] range(float[] given, float[] standard, String who) {
    float[] range = given == null ? standard : given;
    if (range.length != 2 || !(range[0] > 0 && range[0] <= range[1])) {
      throw new IllegalArgumentException(
          who
              + " must be two numbers above 0, the lesser one first, but was "
              + Arrays.toString(range));
    }
    return range.clone();
  }

  @Override
  public PicturePass bind(Shape shape, byte[] ground) {
    int width = shape.width();
    int height = shape.height();
    double lowest = StrictMath.log(ratio[0]);
    double span = StrictMath.log(ratio[1]) - lowest;
    float leastArea = scale[0];
    float areas = scale[1] - scale[0];
    Enlargement enlargement = new Enlargement(shape);
    return (from, offset, to, toOffset, random) -> {
      for (int i = 0; i < TRIES; i++) {
        double area = (leastArea + areas * random.nextDouble()) * width * height;
        double drawn = StrictMath.exp(lowest + span * random.nextDouble());
        int w = (int) Math.round(Math.sqrt(area * drawn));
        int h = (int) Math.round(Math.sqrt(area / drawn));
        if (w >= 1 && h >= 1 && w <= width && h <= height) {
          int top = random.nextInt(height - h + 1);
          int left = random.nextInt(width - w + 1);
          enlargement.apply(from, offset, to, toOffset, top, left, h, w);
          return;
        }
      }
      System.arraycopy(from, offset, to, toOffset, shape.size());
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RandomResizedCrop that
        && Arrays.equals(scale, that.scale)
        && Arrays.equals(ratio, that.ratio);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(scale) + Arrays.hashCode(ratio);
  }

  @Override
  public String toString() {
    return "RandomResizedCrop[scale="
        + Arrays.toString(scale)
        + ", ratio="
        + Arrays.toString(ratio)
        + "]";
  }
}

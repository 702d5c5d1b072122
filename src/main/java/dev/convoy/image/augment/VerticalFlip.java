package dev.convoy.image.augment;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;

/**
 * Mirrors some images, top for bottom: for pictures without an up and down, as of cells or from the
 * air. Source: Dieleman, Willett and Dambre, MNRAS 2015, who learn galaxies.
 *
 * @param probability share of the images that are mirrored, from 0 to 1; 0.5 by default
 */
@PublicApi
public record VerticalFlip(@Defaulted Double probability) implements PictureAugmentation {
  private static final double DEFAULT_PROBABILITY = 0.5;

  public VerticalFlip {
    probability =
        Augmentation.probability(probability, DEFAULT_PROBABILITY, "VerticalFlip.probability");
  }

  @Override
  public PicturePass bind(Shape shape, byte[] ground) {
    int width = shape.width();
    int height = shape.height();
    int channels = shape.channels();
    double share = probability;
    return (from, offset, to, toOffset, random) -> {
      if (random.nextDouble() >= share) {
        System.arraycopy(from, offset, to, toOffset, channels * height * width);
        return;
      }
      for (int c = 0; c < channels; c++) {
        for (int y = 0; y < height; y++) {
          int source = offset + (c * height + height - 1 - y) * width;
          System.arraycopy(from, source, to, toOffset + (c * height + y) * width, width);
        }
      }
    };
  }
}

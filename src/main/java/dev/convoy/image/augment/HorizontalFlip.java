package dev.convoy.image.augment;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;

/**
 * Mirrors some images, left for right: most things look as likely either way, though letters and
 * digits do not. Source: Krizhevsky, Sutskever and Hinton, NIPS 2012.
 *
 * @param probability share of the images that are mirrored, from 0 to 1; 0.5 by default
 */
@PublicApi
public record HorizontalFlip(@Defaulted Double probability) implements PictureAugmentation {
  private static final double DEFAULT_PROBABILITY = 0.5;

  public HorizontalFlip {
    probability =
        Augmentation.probability(probability, DEFAULT_PROBABILITY, "HorizontalFlip.probability");
  }

  @Override
  public PicturePass bind(Shape shape, byte[] ground) {
    int width = shape.width();
    int rows = shape.channels() * shape.height();
    double share = probability;
    return (from, offset, to, toOffset, random) -> {
      if (random.nextDouble() >= share) {
        System.arraycopy(from, offset, to, toOffset, rows * width);
        return;
      }
      for (int row = 0; row < rows; row++) {
        int last = offset + row * width + width - 1;
        int at = toOffset + row * width;
        for (int x = 0; x < width; x++) {
          to[at + x] = from[last - x];
        }
      }
    };
  }
}

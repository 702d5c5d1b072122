package dev.convoy.image.augment;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Covers a square of each image, so that a network learns to tell things by more than their most
 * telling part. Its middle is any pixel of the image, and what would lie outside is cut off; it has
 * the mean of {@code data.normalize}, which the network sees as 0. Source: DeVries and Taylor,
 * Improved regularization of convolutional neural networks with cutout, 2017, with 16 pixels for
 * CIFAR-10 and 8 for CIFAR-100.
 *
 * @param size side of the square in pixels, at most the image's shorter side
 * @param probability share of the images that are covered, from 0 to 1; 1 by default
 */
@PublicApi
public record Cutout(int size, @Defaulted Double probability) implements PictureAugmentation {
  private static final double DEFAULT_PROBABILITY = 1;

  public Cutout {
    Check.positive(size, "Cutout.size");
    probability = Augmentation.probability(probability, DEFAULT_PROBABILITY, "Cutout.probability");
  }

  @Override
  public @Nullable String problem(Shape input) {
    return Augmentation.tooLarge("size", size, input);
  }

  @Override
  public PicturePass bind(Shape shape, byte[] ground) {
    int width = shape.width();
    int height = shape.height();
    int side = size;
    double share = probability;
    return (from, offset, to, toOffset, random) -> {
      System.arraycopy(from, offset, to, toOffset, shape.size());
      if (random.nextDouble() >= share) {
        return;
      }
      int top = random.nextInt(height) - side / 2;
      int left = random.nextInt(width) - side / 2;
      int first = Math.max(0, left);
      int end = Math.min(width, left + side);
      for (int c = 0; c < shape.channels(); c++) {
        for (int y = Math.max(0, top); y < Math.min(height, top + side); y++) {
          int row = toOffset + (c * height + y) * width;
          Arrays.fill(to, row + first, row + end, ground[c]);
        }
      }
    };
  }
}

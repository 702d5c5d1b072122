package dev.convoy.image.augment;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;

/**
 * Puts a rectangle of another image of the batch over each image, at its own place, and mixes their
 * targets by area: nothing is covered by emptiness, as with cutout. The rectangle has the image's
 * ratio and {@code 1 - λ} of its area, where λ is drawn from a Beta distribution; its middle is any
 * pixel, and what would lie outside is cut off. Source: Yun et al., ICCV 2019.
 *
 * @param alpha both parameters of the Beta distribution, above 0; 1, which draws evenly, by default
 * @param probability share of the images that are mixed, from 0 to 1; 0.5 by default, as the source
 *     has it for CIFAR
 */
@PublicApi
public record Cutmix(@Defaulted Double alpha, @Defaulted Double probability) implements Mixing {
  private static final double DEFAULT_ALPHA = 1;
  private static final double DEFAULT_PROBABILITY = 0.5;

  public Cutmix {
    alpha = Check.positive(alpha == null ? DEFAULT_ALPHA : alpha, "Cutmix.alpha");
    probability = Augmentation.probability(probability, DEFAULT_PROBABILITY, "Cutmix.probability");
  }

  @Override
  public MixPass bind(Shape shape) {
    int width = shape.width();
    int height = shape.height();
    Beta shares = new Beta(alpha);
    return (pictures, own, other, to, offset, random) -> {
      double side = Math.sqrt(1 - shares.next(random));
      int w = (int) (width * side);
      int h = (int) (height * side);
      int top = random.nextInt(height) - h / 2;
      int left = random.nextInt(width) - w / 2;
      int bottom = Math.min(height, top + h);
      int right = Math.min(width, left + w);
      top = Math.max(0, top);
      left = Math.max(0, left);
      System.arraycopy(pictures, own, to, offset, shape.size());
      for (int c = 0; c < shape.channels(); c++) {
        for (int y = top; y < bottom; y++) {
          int at = (c * height + y) * width + left;
          System.arraycopy(pictures, other + at, to, offset + at, right - left);
        }
      }
      return 1 - (float) ((bottom - top) * (right - left)) / (height * width);
    };
  }
}

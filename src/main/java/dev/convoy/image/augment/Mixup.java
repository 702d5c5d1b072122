package dev.convoy.image.augment;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;

/**
 * Blends each image with another one of its batch, and their targets likewise, so that a network
 * goes evenly from one class to the next and is less sure of wrong labels: {@code λ x + (1 - λ) y},
 * where λ is drawn from a Beta distribution. Source: Zhang et al., ICLR 2018.
 *
 * @param alpha both parameters of the Beta distribution, above 0: near 0 images stay almost as they
 *     are, 1 draws evenly; 0.2 by default
 * @param probability share of the images that are blended, from 0 to 1; 1 by default
 */
@PublicApi
public record Mixup(@Defaulted Double alpha, @Defaulted Double probability) implements Mixing {
  private static final double DEFAULT_ALPHA = 0.2;
  private static final double DEFAULT_PROBABILITY = 1;

  public Mixup {
    alpha = Check.positive(alpha == null ? DEFAULT_ALPHA : alpha, "Mixup.alpha");
    probability = Augmentation.probability(probability, DEFAULT_PROBABILITY, "Mixup.probability");
  }

  @Override
  public MixPass bind(Shape shape) {
    int size = shape.size();
    Beta shares = new Beta(alpha);
    return (pictures, own, other, to, offset, random) -> {
      float share = (float) shares.next(random);
      for (int i = 0; i < size; i++) {
        float a = pictures[own + i] & 0xFF;
        float b = pictures[other + i] & 0xFF;
        to[offset + i] = (byte) (b + (a - b) * share + 0.5f);
      }
      return share;
    };
  }
}

package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Shape;

/**
 * Sets each channel of each image to 0 in training with probability {@code rate} and divides what
 * stays by {@code 1 - rate}; changes nothing else. Keeps any shape. Source: Tompson et al., CVPR
 * 2015.
 *
 * @param rate probability of dropping a channel, in {@code [0, 1)}
 */
@PublicApi
public record Dropout2d(Float rate) implements Layer {
  public Dropout2d {
    Check.present(rate, "Dropout2d.rate");
    Check.fraction(rate, "Dropout2d.rate");
  }

  @Override
  public Shape outputShape(Shape in) {
    return in;
  }
}

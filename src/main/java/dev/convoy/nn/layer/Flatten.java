package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;

/**
 * Lays an image out as a vector of features, channel by channel, row by row: {@code [C, H, W]} to
 * {@code [C·H·W]}.
 */
@PublicApi
public record Flatten() implements Layer {
  @Override
  public Shape outputShape(Shape in) {
    return Shape.of(in.size());
  }
}

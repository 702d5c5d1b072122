package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;

/**
 * Weighs each value by its own {@link HardSigmoid}: {@code y = x · min(max(x + 3, 0), 6) / 6}. The
 * slope is 0 from minus infinity to -3, {@code (2x + 3) / 6} between -3 and 3, and 1 from 3 on; so
 * it is 0 at -3 and 1 at 3. Keeps any shape. Source: Howard et al., ICCV 2019 (MobileNetV3).
 */
@PublicApi
public record HardSwish() implements Layer {
  @Override
  public Shape outputShape(Shape in) {
    return in;
  }
}

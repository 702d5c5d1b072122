package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;

/**
 * The logistic function by three straight lines: {@code y = min(max(x / 6 + 1/2, 0), 1)}; NaN stays
 * NaN. The gradient is 0 at both ends. Keeps any shape. Source: Howard et al., ICCV 2019
 * (MobileNetV3).
 */
@PublicApi
public record HardSigmoid() implements Layer {
  @Override
  public Shape outputShape(Shape in) {
    return in;
  }
}

package dev.convoy.nn.layer;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Shape;

/**
 * Lets values from 0 to 6 through: {@code y = min(max(x, 0), 6)}; NaN stays NaN. The gradient is 0
 * at both ends. Keeps any shape. Source: Howard et al., arXiv 1704.04861 (MobileNets).
 */
@PublicApi
public record Relu6() implements Layer {
  @Override
  public Shape outputShape(Shape in) {
    return in;
  }
}

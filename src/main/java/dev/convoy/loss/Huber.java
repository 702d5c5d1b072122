package dev.convoy.loss;

import dev.convoy.api.PublicApi;
import dev.convoy.kernel.Kernels;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;

/**
 * Squared for small errors, straight for large ones, which outliers thus draw less: with {@code d =
 * x - t}, {@code loss = d² / 2} where {@code |d| <= delta}, else {@code delta · (|d| - delta / 2)},
 * averaged over examples and outputs. Source: Huber, Annals of Mathematical Statistics 35 (1964).
 *
 * @param delta where the straight part begins, above 0; 1 by default
 */
@PublicApi
public record Huber(@Defaulted Float delta) implements Loss {
  public Huber {
    delta = delta == null ? 1f : delta;
    Check.positive((float) delta, "Huber.delta");
  }

  /** Creates it with delta 1. */
  public Huber() {
    this(null);
  }

  @Override
  public BatchLoss bind(int outputs, Kernels kernels) {
    return new HuberBatch(this, outputs);
  }

  @Override
  public Task vectorTask() {
    return Task.REGRESSION;
  }

  @Override
  public OutputActivation activation() {
    return OutputActivation.NONE;
  }
}

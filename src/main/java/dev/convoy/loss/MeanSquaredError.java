package dev.convoy.loss;

import dev.convoy.api.PublicApi;
import dev.convoy.kernel.Kernels;

/**
 * The square of the error: {@code loss = (x - t)²}, averaged over examples and outputs. There is no
 * factor of one half.
 */
@PublicApi
public record MeanSquaredError() implements Loss {
  @Override
  public BatchLoss bind(int outputs, Kernels kernels) {
    return new MeanSquaredErrorBatch(outputs);
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

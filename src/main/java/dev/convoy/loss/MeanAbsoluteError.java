package dev.convoy.loss;

import dev.convoy.api.PublicApi;
import dev.convoy.kernel.Kernels;

/** The size of the error: {@code loss = |x - t|}, averaged over examples and outputs. */
@PublicApi
public record MeanAbsoluteError() implements Loss {
  @Override
  public BatchLoss bind(int outputs, Kernels kernels) {
    return new MeanAbsoluteErrorBatch(outputs);
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

package dev.convoy.tensor;

import dev.convoy.api.PublicApi;

/** Sizes that do not fit together: the message says who, the rule, and the sizes found. */
@PublicApi
public final class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public ShapeException(String message) {
    super(message);
  }
}

package dev.convoy.train.fault;

import dev.convoy.api.PublicApi;

/** A value that is NaN or infinite: the message names round, worker, step, layer and examples. */
@PublicApi
public final class NonFiniteException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String where;

  public NonFiniteException(String message) {
    this(message, "");
  }

  public NonFiniteException(String message, String where) {
    super(message);
    this.where = where;
  }

  /** Worker, step, layer and examples. */
  public String where() {
    return where;
  }
}

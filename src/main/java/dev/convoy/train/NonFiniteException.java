package dev.convoy.train;

/** A value that is NaN or infinite: the message names round, worker, step and layer. */
public final class NonFiniteException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public NonFiniteException(String message) {
    super(message);
  }
}

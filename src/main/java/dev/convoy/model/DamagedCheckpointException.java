package dev.convoy.model;

/** A checkpoint that is not whole, or not what was written: the message says what is wrong. */
public final class DamagedCheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DamagedCheckpointException(String message) {
    super(message);
  }

  public DamagedCheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}

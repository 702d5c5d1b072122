package dev.convoy.model;

import org.jspecify.annotations.Nullable;

/** A checkpoint that is not whole, or not what was written: the message says what is wrong. */
public final class DamagedCheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DamagedCheckpointException(@Nullable String message) {
    super(message);
  }

  public DamagedCheckpointException(@Nullable String message, Throwable cause) {
    super(message, cause);
  }
}

package dev.convoy.run;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.MessageLine;

/**
 * Thrown where something was asked for that can't be. The message is one line that says who, the
 * rule, and what was found.
 */
@PublicApi
public final class WrongInputException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Makes one with this line. */
  public WrongInputException(String message) {
    super(MessageLine.of(message));
  }
}

package dev.convoy.model;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.MessageLine;

/**
 * A model or a weights file that cannot be used: one line that names the file, the rule and what
 * was found.
 */
@PublicApi
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ModelException(String message) {
    super(MessageLine.of(message));
  }

  public ModelException(String message, Throwable cause) {
    super(MessageLine.of(message), cause);
  }
}

package dev.convoy.image;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.MessageLine;
import org.jspecify.annotations.Nullable;

/**
 * Images or labels from outside that cannot be used: one line that names the file, the rule and the
 * value found.
 */
@PublicApi
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DataException(String message) {
    super(MessageLine.of(message));
  }

  public DataException(String message, @Nullable Throwable cause) {
    super(MessageLine.of(message), cause);
  }

  /** Says what is wrong; it is never absent. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}

package dev.convoy.config.tree;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import dev.convoy.tensor.MessageLine;

/**
 * Something wrong with what the user wrote: one line that says where, which key, the rule, and what
 * was found.
 */
@PublicApi
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ConfigException(String message) {
    super(MessageLine.of(message));
  }

  public ConfigException(String message, Throwable cause) {
    super(MessageLine.of(message), cause);
  }

  /**
   * Makes an error whose message names the place, as in {@code conf/x.yaml:12: training.epochs must
   * be at least 1, but was 0}.
   */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  @Internal
  public static ConfigException at(Place place, String problem) {
    String subject = place.path().isEmpty() ? "" : place.path() + " ";
    return new ConfigException(place + ": " + subject + problem);
  }
}

package dev.convoy.config.tree;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;

/**
 * Something wrong with what the user wrote: one line that says where, which key, the rule, and what
 * was found.
 */
@PublicApi
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Longer messages are cut: what they name may be as long as the file. */
  private static final int SHOWN = 480;

  public ConfigException(String message) {
    super(cut(message));
  }

  public ConfigException(String message, Throwable cause) {
    super(cut(message), cause);
  }

  private static String cut(String message) {
    return message.length() > SHOWN ? message.substring(0, SHOWN) + "..." : message;
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

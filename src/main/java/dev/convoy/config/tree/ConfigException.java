package dev.convoy.config.tree;

/**
 * Something wrong with what the user wrote: one line that says where, which key, the rule, and what
 * was found.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ConfigException(String message) {
    super(message);
  }

  public ConfigException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Says what is wrong; it is never absent. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** As in {@code conf/x.yaml:12: training.epochs must be at least 1, but was 0}. */
  public static ConfigException at(Place place, String problem) {
    String subject = place.path().isEmpty() ? "" : place.path() + " ";
    return new ConfigException(place + ": " + subject + problem);
  }
}

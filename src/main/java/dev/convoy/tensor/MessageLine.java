package dev.convoy.tensor;

/**
 * Keeps messages to one short line, though their parts come from files, may be as long as these,
 * and hold anything.
 */
public final class MessageLine {
  /** What a person reads at once; longer ones lose their end. */
  private static final int MOST = 480;

  private MessageLine() {}

  /** Returns the message as {@link Visible} shows it, or its start. */
  public static String of(String message) {
    String part = message.length() > MOST ? message.substring(0, MOST) : message;
    String line = Visible.line(part);
    boolean whole = line.length() <= MOST && part.length() == message.length();
    return whole ? line : line.substring(0, Math.min(MOST, line.length())) + "...";
  }
}

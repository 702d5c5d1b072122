package dev.convoy.tensor;

/** Keeps messages short, whose parts come from files and may be as long as these. */
public final class MessageLine {
  /** What a person reads at once; longer ones lose their end. */
  private static final int MOST = 480;

  private MessageLine() {}

  /** Returns the message, or its start. */
  public static String of(String message) {
    return message.length() > MOST ? message.substring(0, MOST) + "..." : message;
  }
}

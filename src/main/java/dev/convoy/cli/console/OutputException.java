package dev.convoy.cli.console;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Says that standard output can't be written: to those in between it is no one's fault. */
public final class OutputException extends UncheckedIOException {
  private static final long serialVersionUID = 1;

  private final boolean unread;

  /**
   * Wraps what the system said.
   *
   * @param unread whether nobody reads what is written: the other end of a pipe is closed
   */
  public OutputException(IOException cause, boolean unread) {
    super("standard output can't be written: " + cause.getMessage(), cause);
    this.unread = unread;
  }

  /** The same once more: callers may add one to another. */
  public OutputException(OutputException first) {
    super(first.getMessage(), new IOException(first.getMessage()));
    this.unread = first.unread;
  }

  /** Whether the reader has gone, as {@code head} does when it has seen enough. */
  public boolean isUnread() {
    return unread;
  }
}

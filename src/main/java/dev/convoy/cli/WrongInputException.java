package dev.convoy.cli;

/**
 * The user asked for what can't be: the message is one line that says who, the rule, and what was
 * found.
 */
final class WrongInputException extends RuntimeException {
  private static final long serialVersionUID = 1;

  WrongInputException(String message) {
    super(message);
  }
}

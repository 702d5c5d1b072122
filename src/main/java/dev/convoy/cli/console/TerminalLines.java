package dev.convoy.cli.console;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Data in UTF-8 on their way to a person's eyes: line after line, shown as all else that is
 * printed. A file or a program gets the bytes as they are.
 */
public final class TerminalLines extends OutputStream {
  private final PrintStream out;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /** Lines to this stream; each must end. */
  public TerminalLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public void write(int value) {
    if (value == '\n') {
      String text = line.toString(StandardCharsets.UTF_8);
      out.println(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
      line.reset();
    } else {
      line.write(value);
    }
  }
}

package dev.convoy.cli.console;

import dev.convoy.tensor.Visible;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Locale;

/**
 * The one place where lines leave for the terminal: a line that is printed stays one line, and what
 * it holds from files is {@linkplain Visible#line shown}, not obeyed. {@link #print(String)} and
 * {@link #write} pass on what they are given: the line that is drawn over, and data.
 */
public final class LineStream extends PrintStream {
  private final OutputStream target;

  /** A stream of lines, each of which is passed on at once. */
  public LineStream(OutputStream target, Charset charset) {
    super(target, true, charset);
    this.target = target;
  }

  /** Returns where the lines go. */
  public OutputStream target() {
    return target;
  }

  @Override
  public void println(String line) {
    print(Visible.line(String.valueOf(line)) + System.lineSeparator());
  }

  @Override
  public void println(Object line) {
    println(String.valueOf(line));
  }

  @Override
  public PrintStream format(String format, Object... values) {
    return super.format(format, visible(values));
  }

  @Override
  public PrintStream format(Locale locale, String format, Object... values) {
    return super.format(locale, format, visible(values));
  }

  private static Object[] visible(Object... values) {
    return Arrays.stream(values)
        .map(value -> value instanceof String text ? Visible.line(text) : value)
        .toArray();
  }
}

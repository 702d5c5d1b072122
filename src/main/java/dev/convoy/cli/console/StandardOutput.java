package dev.convoy.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that says when it can't be written. {@link System#out}, as Java makes it,
 * swallows errors: a command whose lines go to a full disk would leave half of them and end as if
 * all were well, and one whose reader has gone would compute to its end for nobody.
 */
public final class StandardOutput extends OutputStream {
  /** What standard output is, on Linux. */
  private static final Path HERE = Path.of("/proc/self/fd/1");

  private final OutputStream out;
  private final boolean isPipe;
  private volatile @Nullable OutputException failure;
  private volatile @Nullable Consumer<OutputException> patient;

  /**
   * Standard output that lies here.
   *
   * @param isPipe whether an error can but mean that the reader has gone
   */
  public StandardOutput(OutputStream out, boolean isPipe) {
    this.out = out;
    this.isPipe = isPipe;
  }

  /** Has what this JVM prints go out by streams that tell of errors, and show what they print. */
  public static void install() {
    System.setOut(
        new LineStream(
            new StandardOutput(new FileOutputStream(FileDescriptor.out), isPipe()),
            charset("stdout")));
    System.setErr(new LineStream(new FileOutputStream(FileDescriptor.err), charset("stderr")));
  }

  /** Returns what Java has its own streams by. */
  private static Charset charset(String stream) {
    String key = stream + ".encoding";
    String name = System.getProperty(key, System.getProperty("sun." + key));
    return name == null ? Charset.defaultCharset() : Charset.forName(name);
  }

  /** Returns that of {@link System#out}; one that can't fail where that is another's stream. */
  public static StandardOutput current() {
    return System.out instanceof LineStream lines
            && lines.target() instanceof StandardOutput standard
        ? standard
        : new StandardOutput(nullOutputStream(), false);
  }

  /**
   * Has errors told once, in place of thrown: for a command that does more than print. What can't
   * be written is lost.
   */
  public void endure(Consumer<OutputException> tell) {
    patient = tell;
  }

  /** Returns the first error; absent if there was none. */
  public @Nullable OutputException failure() {
    return failure;
  }

  /** Whether the reader has gone. */
  public boolean isUnread() {
    OutputException first = failure;
    return first != null && first.isUnread();
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    OutputException before = failure;
    try {
      if (before == null) {
        out.write(bytes, offset, length);
      } else if (patient == null) {
        // A new one each time: callers add one to another.
        throw new OutputException(before);
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  private void fail(IOException cause) {
    // The system says it in the user's language.
    boolean unread = isPipe || String.valueOf(cause.getMessage()).contains("Broken pipe");
    OutputException first = new OutputException(cause, unread);
    failure = first;
    Consumer<OutputException> tell = patient;
    if (tell == null) {
      throw first;
    }
    tell.accept(first);
  }

  private static boolean isPipe() {
    try {
      String what = Files.readSymbolicLink(HERE).toString();
      return what.startsWith("pipe:") || what.startsWith("socket:");
    } catch (IOException | UnsupportedOperationException e) {
      return false; // no Linux
    }
  }
}

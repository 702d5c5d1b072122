package dev.convoy.spark.file;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSError;
import org.jspecify.annotations.Nullable;

/** A file that is written: what fails says of which file, and why. */
final class NamedOutput extends FilterOutputStream {
  private final String path;
  private @Nullable IOException failure;

  /** Writes to this stream, of a file that the user calls so. */
  NamedOutput(OutputStream out, String path) {
    super(out);
    this.path = path;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    tell(() -> out.write(bytes, offset, length));
  }

  @Override
  public void flush() throws IOException {
    tell(out::flush);
  }

  @Override
  public void close() throws IOException {
    tell(out::close);
  }

  private void tell(Step step) throws IOException {
    try {
      step.run();
    } catch (IOException | FSError e) {
      IOException told = WriteFailure.of(path, e);
      failure = failure == null ? told : failure;
      throw told;
    }
  }

  /** Throws what failed first, should others have made something else of it. */
  void check() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  /** What may fail. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }
}

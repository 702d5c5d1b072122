package dev.convoy.spark.file;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FSInputStream;

/** A local file, whose failures Hadoop has for errors of the machine: here they are exceptions. */
final class LocalInput extends FSInputStream {
  private final FSDataInputStream in;

  /** Reads this file. */
  LocalInput(FSDataInputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    try {
      return in.read();
    } catch (FSError e) {
      throw new IOException(WriteFailure.reason(e), e);
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return in.read(bytes, offset, length);
    } catch (FSError e) {
      throw new IOException(WriteFailure.reason(e), e);
    }
  }

  @Override
  public int read(long position, byte[] bytes, int offset, int length) throws IOException {
    try {
      return in.read(position, bytes, offset, length);
    } catch (FSError e) {
      throw new IOException(WriteFailure.reason(e), e);
    }
  }

  @Override
  public void seek(long position) throws IOException {
    in.seek(position);
  }

  @Override
  public long getPos() throws IOException {
    return in.getPos();
  }

  @Override
  public boolean seekToNewSource(long position) throws IOException {
    return in.seekToNewSource(position);
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

package dev.convoy.spark.format;

import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.hadoop.io.Writable;

/**
 * Reads what a {@link org.apache.hadoop.io.BytesWritable} wrote, without making room for bytes that
 * are claimed but not there.
 */
final class SequenceValue implements Writable {
  private static final int STEP = 1 << 16;

  private final String who;
  private byte[] bytes = new byte[0];

  /** A value; {@code who} has it, for errors. */
  SequenceValue(String who) {
    this.who = who;
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public void readFields(DataInput in) throws IOException {
    int size = in.readInt();
    if (size < 0) {
      throw new IOException(who + " claims to have " + size + " bytes");
    }
    ByteArrayOutputStream read = new ByteArrayOutputStream(Math.min(size, STEP));
    byte[] step = new byte[Math.min(size, STEP)];
    for (int rest = size; rest > 0; rest -= step.length) {
      int length = Math.min(rest, STEP);
      step = length == step.length ? step : new byte[length];
      in.readFully(step);
      read.write(step);
    }
    bytes = read.toByteArray();
  }

  @Override
  public void write(DataOutput out) {
    throw new UnsupportedOperationException("SequenceValue is read alone");
  }
}

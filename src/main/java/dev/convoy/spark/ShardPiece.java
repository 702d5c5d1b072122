package dev.convoy.spark;

import dev.convoy.train.Contribution;
import dev.convoy.train.Shard;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * What a worker contributes to a shard, on its way there, or its report. It is written straight
 * from the worker's contribution, some values at a time: a stream of objects keeps what it has
 * written, which would be a copy of the whole contribution. Not a record: those can't be
 * externalised.
 */
public final class ShardPiece implements Externalizable {
  private static final long serialVersionUID = 1;

  /** Values that are written or read at a time. */
  private static final int CHUNK = 16_384;

  private int worker;
  private transient Contribution report;
  private transient Contribution contribution;
  private transient int from;
  private transient int to;
  private transient Shard shard;

  /** For the stream that reads one. */
  public ShardPiece() {}

  /** A contribution without its values. */
  static ShardPiece report(Contribution contribution) {
    ShardPiece piece = new ShardPiece();
    piece.worker = contribution.worker();
    piece.report = contribution.report();
    return piece;
  }

  /** A view of what a contribution holds for a stretch of the parameters. */
  static ShardPiece of(Contribution contribution, int from, int to) {
    ShardPiece piece = new ShardPiece();
    piece.worker = contribution.worker();
    piece.contribution = contribution;
    piece.from = from;
    piece.to = to;
    return piece;
  }

  int worker() {
    return worker;
  }

  /** {@code null} of a piece of a shard. */
  Contribution report() {
    return report;
  }

  /** What was written; of a piece that was read. */
  Shard shard() {
    return shard;
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    out.writeInt(worker);
    out.writeObject(report);
    if (report != null) {
      return;
    }
    float[] values = contribution.values();
    float[] slots = contribution.optimizerState();
    int count = values.length == 0 ? 0 : slots.length / values.length;
    out.writeInt(to - from);
    out.writeInt(count);
    byte[] bytes = new byte[Math.min(CHUNK, to - from) * Float.BYTES];
    write(values, from, bytes, out);
    for (int slot = 0; slot < count; slot++) {
      write(slots, slot * values.length + from, bytes, out);
    }
  }

  private void write(float[] values, int start, byte[] bytes, ObjectOutput out) throws IOException {
    FloatBuffer buffer = floats(bytes);
    int end = start + to - from;
    for (int i = start; i < end; i += buffer.capacity()) {
      int count = Math.min(buffer.capacity(), end - i);
      buffer.put(0, values, i, count);
      out.write(bytes, 0, count * Float.BYTES);
    }
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
    worker = in.readInt();
    report = (Contribution) in.readObject();
    if (report != null) {
      return;
    }
    int length = in.readInt();
    float[] values = new float[length];
    float[] slots = new float[Math.multiplyExact(in.readInt(), length)];
    byte[] bytes = new byte[Math.min(CHUNK, length) * Float.BYTES];
    read(values, bytes, in);
    read(slots, bytes, in);
    shard = new Shard(values, slots, new float[0]);
  }

  private static void read(float[] values, byte[] bytes, ObjectInput in) throws IOException {
    FloatBuffer buffer = floats(bytes);
    for (int i = 0; i < values.length; i += buffer.capacity()) {
      int count = Math.min(buffer.capacity(), values.length - i);
      in.readFully(bytes, 0, count * Float.BYTES);
      buffer.get(0, values, i, count);
    }
  }

  private static FloatBuffer floats(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }
}

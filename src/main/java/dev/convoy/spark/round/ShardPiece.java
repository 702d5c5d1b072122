package dev.convoy.spark.round;

import dev.convoy.nn.BFloat16;
import dev.convoy.nn.FloatBytes;
import dev.convoy.tensor.Check;
import dev.convoy.train.round.Contribution;
import dev.convoy.train.round.Shard;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

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
  private transient @Nullable Contribution report;
  private transient @Nullable Contribution contribution;
  private transient int from;
  private transient int to;
  private transient @Nullable Shard shard;

  /** Makes an empty piece for the stream that reads one. */
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

  /** Returns the report; absent of a piece of a shard. */
  @Nullable Contribution report() {
    return report;
  }

  /** Returns what was written; absent of a report, and of a piece that was not read. */
  @Nullable Shard shard() {
    return shard;
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    out.writeInt(worker);
    out.writeObject(report);
    if (report != null) {
      return;
    }
    Contribution whole = Check.present(contribution, "ShardPiece.contribution");
    float[] values = whole.values();
    float[] slots = whole.optimizerState();
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
    int end = start + to - from;
    boolean half = BFloat16.holds(values, start, end);
    out.writeBoolean(half);
    for (int i = start; i < end; i += CHUNK) {
      int count = Math.min(CHUNK, end - i);
      FloatBytes.put(ordered(bytes), values, i, count, half);
      out.write(bytes, 0, count * size(half));
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
    read(values, length, bytes, in);
    read(slots, length, bytes, in);
    shard = new Shard(values, slots, new float[0]);
  }

  /** Stretch after stretch of this length. */
  private static void read(float[] values, int length, byte[] bytes, ObjectInput in)
      throws IOException {
    for (int slot = 0; slot < values.length / length; slot++) {
      boolean half = in.readBoolean();
      for (int i = 0; i < length; i += CHUNK) {
        int count = Math.min(CHUNK, length - i);
        in.readFully(bytes, 0, count * size(half));
        FloatBytes.get(ordered(bytes), values, slot * length + i, count, half);
      }
    }
  }

  private static int size(boolean half) {
    return half ? Short.BYTES : Float.BYTES;
  }

  private static ByteBuffer ordered(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}

package dev.convoy.spark.pack;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * Passes on a Parquet file, whose footer it puts in order: Parquet lists a column's encodings as a
 * hash set of constants has them, in another order in each Java process. The footer is the last
 * thing in a file, and nothing points into it.
 */
final class StableFooter extends OutputStream {
  /** What follows the footer: its length in four bytes, and Parquet's magic number. */
  private static final int TRAILER_BYTES = 8;

  /** Bytes that are held back, among which the footer must be: a shard's has some kilobytes. */
  private static final int HELD_BYTES = 4 << 20;

  private final OutputStream out;
  private final byte[] held = new byte[2 * HELD_BYTES];
  private int count;

  StableFooter(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      if (count == held.length) {
        out.write(held, 0, HELD_BYTES);
        System.arraycopy(held, HELD_BYTES, held, 0, HELD_BYTES);
        count = HELD_BYTES;
      }
      int some = Math.min(length - done, held.length - count);
      System.arraycopy(bytes, offset + done, held, count, some);
      count += some;
      done += some;
    }
  }

  /** Writes what was held back, once the file is whole. */
  void finish() throws IOException {
    ByteBuffer end = ByteBuffer.wrap(held, 0, count).order(ByteOrder.LITTLE_ENDIAN);
    int length = count < TRAILER_BYTES ? -1 : end.getInt(count - TRAILER_BYTES);
    int from = count - TRAILER_BYTES - length;
    if (length < 0 || from < 0) {
      throw new IOException("A shard's footer must have less than 4 MiB, but has more");
    }
    out.write(held, 0, from);
    byte[] footer = sorted(new ByteArrayInputStream(held, from, length));
    out.write(footer);
    byte[] trailer = Arrays.copyOfRange(held, count - TRAILER_BYTES, count);
    ByteBuffer.wrap(trailer).order(ByteOrder.LITTLE_ENDIAN).putInt(footer.length);
    out.write(trailer);
    out.flush();
  }

  private static byte[] sorted(ByteArrayInputStream footer) throws IOException {
    FileMetaData metadata = Util.readFileMetaData(footer);
    for (RowGroup group : metadata.getRow_groups()) {
      for (ColumnChunk chunk : group.getColumns()) {
        sort(chunk.getMeta_data());
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Util.writeFileMetaData(metadata, bytes);
    return bytes.toByteArray();
  }

  private static void sort(ColumnMetaData column) {
    List<Encoding> encodings = new ArrayList<>(column.getEncodings());
    encodings.sort(Comparator.comparingInt(Encoding::getValue));
    column.setEncodings(encodings);
    if (column.isSetEncoding_stats()) {
      List<PageEncodingStats> stats = new ArrayList<>(column.getEncoding_stats());
      stats.sort(
          Comparator.comparingInt((PageEncodingStats one) -> one.getPage_type().getValue())
              .thenComparingInt(one -> one.getEncoding().getValue()));
      column.setEncoding_stats(stats);
    }
  }
}

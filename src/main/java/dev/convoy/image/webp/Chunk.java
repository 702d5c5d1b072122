package dev.convoy.image.webp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a RIFF file: four letters and bytes of the file that lie after them and their length.
 *
 * @param kind the letters
 * @param file all bytes of the file, not copied
 * @param start position of the part's first byte
 * @param end position after its last
 */
record Chunk(String kind, byte[] file, int start, int end) {
  private static final int HEADER = 8;

  /**
   * The chunks between two positions.
   *
   * @throws EOFException if one claims to end after {@code end}
   */
  static List<Chunk> between(byte[] file, int start, int end) throws IOException {
    List<Chunk> chunks = new ArrayList<>();
    long at = start;
    // Less than a header is left where a writer filled up the file.
    while (at + HEADER <= end) {
      int from = (int) at + HEADER;
      long length = number(file, from - Integer.BYTES, Integer.BYTES);
      if (from + length > end) {
        throw new EOFException("it is cut off");
      }
      String kind = new String(file, (int) at, Integer.BYTES, ISO_8859_1);
      chunks.add(new Chunk(kind, file, from, (int) (from + length)));
      at = from + length + (length & 1);
    }
    return chunks;
  }

  /** A whole number of one to four bytes, the least first. */
  static long number(byte[] file, int at, int bytes) {
    long number = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      number = number << 8 | file[at + i] & 0xFF;
    }
    return number;
  }

  /** A whole number of up to three bytes at an offset into the chunk. */
  int number(int offset, int bytes) {
    return (int) number(file, start + offset, bytes);
  }

  int length() {
    return end - start;
  }

  /** Refuses a chunk that is shorter than what must stand at its beginning. */
  Chunk withAtLeast(int bytes) throws IOException {
    if (length() < bytes) {
      throw new IOException(
          "chunk '" + kind + "' must have at least " + bytes + " bytes, but has " + length());
    }
    return this;
  }
}

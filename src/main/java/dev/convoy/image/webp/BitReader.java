package dev.convoy.image.webp;

import java.io.EOFException;

/** Reads bits of a lossless stream, the lowest of each byte first, and nothing after its end. */
final class BitReader {
  private final byte[] bytes;
  private final int end;
  private int at;

  /** Bits that were taken from the bytes and are yet to be read, the next one lowest. */
  private long ahead;

  private int count;

  BitReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /**
   * Reads a number.
   *
   * @param bits at most 32
   */
  int read(int bits) throws EOFException {
    int number = (int) (peek() & (1L << bits) - 1);
    skip(bits);
    return number;
  }

  boolean readFlag() throws EOFException {
    return read(1) == 1;
  }

  /** The next bits, 32 at least, the first one lowest; zeros after the end. */
  long peek() {
    if (count < Integer.SIZE) {
      while (count <= Long.SIZE - 2 * Byte.SIZE && at < end) {
        ahead |= (bytes[at++] & 0xFFL) << count;
        count += Byte.SIZE;
      }
    }
    return ahead;
  }

  /** Goes on by so many bits, which were looked at. */
  void skip(int bits) throws EOFException {
    if (bits > count) {
      throw new EOFException("its lossless pixels are cut off");
    }
    ahead >>>= bits;
    count -= bits;
  }
}

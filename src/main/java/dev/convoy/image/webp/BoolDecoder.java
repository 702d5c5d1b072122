package dev.convoy.image.webp;

import java.io.EOFException;

/**
 * Decodes bits of unequal chances out of an arithmetic code. Source: RFC 6386, section 7.
 *
 * <p>The code's window is compared by its highest 8 bits; what lies below waits to be moved up.
 */
final class BoolDecoder {
  /** An encoder need not write the zeros at the end of which its last bits do not depend. */
  private static final int MOST_PADDING = 2;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int padding;

  private long window;

  /** Bits of the window below its highest 8; negative if there are fewer than 8. */
  private int below = -Byte.SIZE;

  private int range = 255;

  BoolDecoder(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /**
   * Reads a bit.
   *
   * @param chance of 256 that it is 0
   */
  int bit(int chance) throws EOFException {
    if (below < 0) {
      load();
    }
    int split = 1 + ((range - 1) * chance >> 8);
    long border = (long) split << below;
    int bit;
    if (window >= border) {
      window -= border;
      range -= split;
      bit = 1;
    } else {
      range = split;
      bit = 0;
    }
    int shift = Integer.numberOfLeadingZeros(range) - (Integer.SIZE - Byte.SIZE);
    range <<= shift;
    below -= shift;
    return bit;
  }

  private void load() throws EOFException {
    while (below < Integer.SIZE) {
      if (at < end) {
        window = window << Byte.SIZE | bytes[at++] & 0xFF;
      } else if (below < 0 && padding++ < MOST_PADDING) {
        window <<= Byte.SIZE;
      } else if (below < 0) {
        throw new EOFException("its lossy pixels are cut off");
      } else {
        return;
      }
      below += Byte.SIZE;
    }
  }

  boolean flag() throws EOFException {
    return bit(128) == 1;
  }

  /** A number whose bits are of even chances, the highest first. */
  int number(int bits) throws EOFException {
    int number = 0;
    for (int i = 0; i < bits; i++) {
      number = number << 1 | bit(128);
    }
    return number;
  }

  /** A number, and then its sign. */
  int signed(int bits) throws EOFException {
    int number = number(bits);
    return flag() ? -number : number;
  }

  /** A number with a sign if a flag before it says so; else 0. */
  int optional(int bits) throws EOFException {
    return flag() ? signed(bits) : 0;
  }
}

package dev.convoy.image.container;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * Counts the pixels that the codes of a GIF frame stand for, since ImageIO takes missing ones for
 * the first colour. Source: GIF89a Specification, appendix F.
 */
final class GifCodes {
  private static final int MOST_CODES = 4096;
  private static final int MOST_FIRST_BITS = 11;

  private final byte[] file;

  /** Where the next byte stands, and how many more its block has. */
  private int at;

  private int left;

  private int bits;
  private int count;

  private GifCodes(byte[] file, int at) {
    this.file = file;
    this.at = at;
  }

  /**
   * Goes through codes until there are enough pixels.
   *
   * @param start where the number of a code's first bits stands; blocks follow it
   * @throws EOFException if there are fewer
   */
  static void check(byte[] file, int start, long pixels) throws IOException {
    int firstBits = file[start] & 0xFF;
    if (firstBits < 1 || firstBits > MOST_FIRST_BITS) {
      throw new IOException("its codes begin with " + firstBits + " bits");
    }
    new GifCodes(file, start + 1).check(firstBits, pixels);
  }

  private void check(int firstBits, long pixels) throws IOException {
    int[] lengths = new int[MOST_CODES];
    int clear = 1 << firstBits;
    Arrays.fill(lengths, 0, clear, 1);
    int next = clear + 2;
    int width = firstBits + 1;
    int previous = -1;
    long found = 0;
    while (found < pixels) {
      int code = code(width);
      if (code == clear) {
        next = clear + 2;
        width = firstBits + 1;
        previous = -1;
        continue;
      }
      if (code == clear + 1) {
        throw new EOFException("its pixels are cut off");
      }
      if (previous >= 0 && next < MOST_CODES) {
        lengths[next++] = lengths[previous] + 1;
        width = next == 1 << width && width < 12 ? width + 1 : width;
      }
      if (code >= next || previous < 0 && code > clear) {
        throw new IOException("a code stands for nothing");
      }
      found += lengths[code];
      previous = code;
    }
  }

  private int code(int width) throws EOFException {
    while (count < width) {
      if (left == 0) {
        left = file[at++] & 0xFF;
        if (left == 0) {
          throw new EOFException("its pixels are cut off");
        }
      }
      bits |= (file[at++] & 0xFF) << count;
      count += Byte.SIZE;
      left--;
    }
    int code = bits & (1 << width) - 1;
    bits >>>= width;
    count -= width;
    return code;
  }
}

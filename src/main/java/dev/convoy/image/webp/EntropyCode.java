package dev.convoy.image.webp;

import dev.convoy.image.webp.LosslessDecoder.Blocks;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes pixels out of prefix codes: each is coded channel by channel, or is one of the latest
 * colours, or begins a copy of earlier pixels. Source: RFC 9649, sections 3.6 and 3.7.
 */
final class EntropyCode {
  private static final int LITERALS = 256;
  private static final int LENGTHS = 24;
  private static final int DISTANCES = 40;
  private static final int MOST_CACHE_BITS = 11;
  private static final int CACHE_FACTOR = 0x1E35A7BD;

  /** Shorter distances are numbers of neighbours: columns to the left, and rows above. */
  private static final int NEIGHBOURS = 120;

  private static final int[][] NEIGHBOUR = neighbours();

  private final BitReader in;
  private final int width;
  private final int[] pixels;
  private final int cacheBits;
  private final int[] cache;

  /** Which codes hold in which block; all alike where absent. */
  private final @Nullable Blocks groups;

  private final PrefixCode[][] codes;

  private int at;
  private int cached;

  private EntropyCode(BitReader in, int width, int height, boolean whole) throws IOException {
    this.in = in;
    this.width = width;
    boolean hasCache = in.readFlag();
    cacheBits = hasCache ? in.read(4) : 0;
    if (hasCache && cacheBits == 0 || cacheBits > MOST_CACHE_BITS) {
      throw new IOException("the cache of colours has a wrong size");
    }
    cache = new int[cacheBits == 0 ? 0 : 1 << cacheBits];
    groups = whole ? Blocks.readOptional(in, width, height) : null;
    int most = 0;
    if (groups != null) {
      for (int value : groups.values()) {
        most = Math.max(most, value >> 8 & 0xFFFF);
      }
    }
    codes = new PrefixCode[most + 1][];
    for (int i = 0; i < codes.length; i++) {
      codes[i] =
          new PrefixCode[] {
            PrefixCode.read(in, LITERALS + LENGTHS + cache.length),
            PrefixCode.read(in, LITERALS),
            PrefixCode.read(in, LITERALS),
            PrefixCode.read(in, LITERALS),
            PrefixCode.read(in, DISTANCES)
          };
    }
    pixels = new int[width * height];
  }

  /**
   * Pixels {@code [height, width]}.
   *
   * @param whole whether it is the picture itself, whose codes may differ between blocks
   */
  static int[] pixels(BitReader in, int width, int height, boolean whole) throws IOException {
    return new EntropyCode(in, width, height, whole).decode();
  }

  private int[] decode() throws IOException {
    int column = 0;
    int row = 0;
    int blockMask = groups == null ? -1 : (1 << groups.bits()) - 1;
    PrefixCode[] code = codes[0];
    boolean moved = true;
    while (at < pixels.length) {
      if (groups != null && (moved || (column & blockMask) == 0)) {
        code = codes[groups.at(column, row) >> 8 & 0xFFFF];
      }
      int before = at;
      int symbol = code[0].next(in);
      if (symbol < LITERALS) {
        int red = code[1].next(in);
        int blue = code[2].next(in);
        int alpha = code[3].next(in);
        pixels[at++] = alpha << 24 | red << 16 | symbol << 8 | blue;
      } else if (symbol < LITERALS + LENGTHS) {
        copy(number(symbol - LITERALS), distance(number(code[4].next(in))));
      } else {
        fillCache();
        pixels[at++] = cache[symbol - LITERALS - LENGTHS];
      }
      moved = at > before + 1;
      column += at - before;
      if (column >= width) {
        row += column / width;
        column %= width;
      }
    }
    return pixels;
  }

  /** A length or distance, whose lowest bits follow its prefix. */
  private int number(int prefix) throws IOException {
    if (prefix < 4) {
      return prefix + 1;
    }
    int extra = prefix - 2 >> 1;
    return (2 + (prefix & 1) << extra) + in.read(extra) + 1;
  }

  private int distance(int number) {
    if (number > NEIGHBOURS) {
      return number - NEIGHBOURS;
    }
    int[] neighbour = NEIGHBOUR[number - 1];
    return Math.max(1, neighbour[0] + neighbour[1] * width);
  }

  private void copy(int length, int distance) throws IOException {
    if (distance > at || length > pixels.length - at) {
      throw new IOException("pixels are copied from or to where there are none");
    }
    for (int end = at + length; at < end; at++) {
      pixels[at] = pixels[at - distance];
    }
  }

  /** Puts pixels into the cache no sooner than it is asked: none of them is looked up before. */
  private void fillCache() {
    for (; cached < at; cached++) {
      cache[CACHE_FACTOR * pixels[cached] >>> Integer.SIZE - cacheBits] = pixels[cached];
    }
  }

  /** Neighbours by their number: columns to the left, and rows above; nearer ones mostly first. */
  private static int[][] neighbours() {
    String[] order = {
      "0,1 1,0 1,1 -1,1 0,2 2,0 1,2 -1,2 2,1 -2,1 2,2 -2,2 0,3 3,0 1,3 -1,3 3,1 -3,1 2,3 -2,3",
      "3,2 -3,2 0,4 4,0 1,4 -1,4 4,1 -4,1 3,3 -3,3 2,4 -2,4 4,2 -4,2 0,5 3,4 -3,4 4,3 -4,3 5,0",
      "1,5 -1,5 5,1 -5,1 2,5 -2,5 5,2 -5,2 4,4 -4,4 3,5 -3,5 5,3 -5,3 0,6 6,0 1,6 -1,6 6,1 -6,1",
      "2,6 -2,6 6,2 -6,2 4,5 -4,5 5,4 -5,4 3,6 -3,6 6,3 -6,3 0,7 7,0 1,7 -1,7 5,5 -5,5 7,1 -7,1",
      "4,6 -4,6 6,4 -6,4 2,7 -2,7 7,2 -7,2 3,7 -3,7 7,3 -7,3 5,6 -5,6 6,5 -6,5 8,0 4,7 -4,7 7,4",
      "-7,4 8,1 8,2 6,6 -6,6 8,3 5,7 -5,7 7,5 -7,5 8,4 6,7 -6,7 7,6 -7,6 8,5 7,7 -7,7 8,6 8,7"
    };
    int[][] all = new int[NEIGHBOURS][];
    int at = 0;
    for (String pair : String.join(" ", order).split(" ")) {
      int comma = pair.indexOf(',');
      all[at++] =
          new int[] {
            Integer.parseInt(pair.substring(0, comma)), Integer.parseInt(pair.substring(comma + 1))
          };
    }
    return all;
  }
}

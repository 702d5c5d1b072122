package dev.convoy.image.webp;

import java.io.IOException;

/**
 * Reads symbols of a canonical prefix code. Codes of up to {@value #TABLE_BITS} bits are looked up,
 * longer ones found by counting. Source: RFC 9649, section 3.7.2.1.
 */
final class PrefixCode {
  private static final int LONGEST = 15;

  /**
   * A table of as many bits stays small beside thousands of other codes, and serves most symbols.
   */
  private static final int TABLE_BITS = 8;

  private static final int[] LENGTHS_ORDER = {
    17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  };

  /** Symbol times 16 and length of each code, by the bits that come next; 0 of longer ones. */
  private final int[] table;

  private final int mask;

  /** How many codes have each length, and all symbols in the order of their codes. */
  private final int[] counts;

  private final short[] symbols;

  private PrefixCode(int[] lengths) throws IOException {
    counts = new int[LONGEST + 1];
    for (int length : lengths) {
      counts[length]++;
    }
    int used = lengths.length - counts[0];
    counts[0] = 0;
    symbols = sorted(lengths, used);
    if (used == 1) {
      // A code of a single symbol takes no bits.
      mask = 0;
      table = new int[] {symbols[0] << 4};
      return;
    }
    checkComplete();
    int longest = LONGEST;
    while (counts[longest] == 0) {
      longest--;
    }
    mask = (1 << Math.min(longest, TABLE_BITS)) - 1;
    table = new int[mask + 1];
    fillTable();
  }

  private short[] sorted(int[] lengths, int used) {
    int[] next = new int[LONGEST + 2];
    for (int length = 1; length <= LONGEST; length++) {
      next[length + 1] = next[length] + counts[length];
    }
    short[] order = new short[used];
    for (int symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] > 0) {
        order[next[lengths[symbol]]++] = (short) symbol;
      }
    }
    return order;
  }

  private void checkComplete() throws IOException {
    int room = 1;
    for (int length = 1; length <= LONGEST; length++) {
      room = 2 * room - counts[length];
      if (room < 0) {
        break;
      }
    }
    if (room != 0) {
      throw new IOException("a prefix code is not complete");
    }
  }

  private void fillTable() {
    int code = 0;
    int at = 0;
    for (int length = 1; 1 << length <= table.length; length++) {
      for (int i = 0; i < counts[length]; i++) {
        int start = Integer.reverse(code) >>> Integer.SIZE - length;
        for (int j = start; j < table.length; j += 1 << length) {
          table[j] = symbols[at] << 4 | length;
        }
        at++;
        code++;
      }
      code <<= 1;
    }
  }

  /** Reads a code as a stream describes it. */
  static PrefixCode read(BitReader in, int alphabet) throws IOException {
    return new PrefixCode(in.readFlag() ? simpleLengths(in, alphabet) : lengths(in, alphabet));
  }

  private static int[] simpleLengths(BitReader in, int alphabet) throws IOException {
    boolean two = in.readFlag();
    int[] lengths = new int[Math.max(alphabet, 256)];
    lengths[in.read(in.readFlag() ? 8 : 1)] = 1;
    if (two) {
      lengths[in.read(8)] = 1;
    }
    for (int symbol = alphabet; symbol < lengths.length; symbol++) {
      if (lengths[symbol] > 0) {
        throw new IOException("a prefix code has a symbol that is none");
      }
    }
    return lengths;
  }

  private static int[] lengths(BitReader in, int alphabet) throws IOException {
    int[] lengthsOfLengths = new int[LENGTHS_ORDER.length];
    int given = 4 + in.read(4);
    for (int i = 0; i < given; i++) {
      lengthsOfLengths[LENGTHS_ORDER[i]] = in.read(3);
    }
    PrefixCode code = new PrefixCode(lengthsOfLengths);
    int codes = in.readFlag() ? 2 + in.read(2 + 2 * in.read(3)) : alphabet;
    int[] lengths = new int[alphabet];
    int previous = 8;
    int at = 0;
    for (int i = 0; i < codes && at < alphabet; i++) {
      int symbol = code.next(in);
      if (symbol <= LONGEST) {
        lengths[at++] = symbol;
        previous = symbol == 0 ? previous : symbol;
        continue;
      }
      int length = symbol == 16 ? previous : 0;
      int times = symbol == 16 ? 3 + in.read(2) : symbol == 17 ? 3 + in.read(3) : 11 + in.read(7);
      if (at + times > alphabet) {
        throw new IOException("a prefix code has more symbols than there are");
      }
      for (int j = 0; j < times; j++) {
        lengths[at++] = length;
      }
    }
    return lengths;
  }

  /** Reads a symbol. */
  int next(BitReader in) throws IOException {
    long bits = in.peek();
    int entry = table[(int) bits & mask];
    if (entry == 0 && mask != 0) {
      return nextLong(in, bits);
    }
    in.skip(entry & 15);
    return entry >> 4;
  }

  private int nextLong(BitReader in, long bits) throws IOException {
    int code = 0;
    int first = 0;
    int index = 0;
    for (int length = 1; length <= LONGEST; length++) {
      code |= (int) (bits >>> length - 1) & 1;
      if (code - first < counts[length]) {
        in.skip(length);
        return symbols[index + code - first];
      }
      index += counts[length];
      first = first + counts[length] << 1;
      code <<= 1;
    }
    throw new IOException("a prefix code is not complete");
  }
}

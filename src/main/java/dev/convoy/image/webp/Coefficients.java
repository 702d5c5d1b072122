package dev.convoy.image.webp;

import java.io.EOFException;
import java.util.Arrays;

/**
 * Reads a block's coefficients, multiplied by the steps of its segment. Chances depend on whether
 * the blocks above and at the left have any. Source: RFC 6386, sections 13 and 14.
 */
final class Coefficients {
  /** Kinds of blocks: brightness without its mean, means, colours, brightness with its mean. */
  private static final int LUMA_REST = 0;

  private static final int MEANS = 1;
  private static final int CHROMA = 2;
  private static final int LUMA = 3;

  /** Where contexts of one block begin: four of brightness, two of each colour, one of means. */
  private static final int CONTEXTS = 9;

  private static final int MEANS_CONTEXT = 8;

  private static final int BAND = Vp8Tables.CONTEXTS * Vp8Tables.CODE_BITS;
  private static final int[] BANDS = {0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0};
  private static final int[] ZIGZAG = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};

  /** Chances of the bits that are added to 11, 19, 35 and 67. */
  private static final int[][] EXTRA = {
    {173, 148, 140},
    {176, 155, 140, 135},
    {180, 157, 141, 134, 130},
    {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}
  };

  private final int[] chances;
  private final int[] above;
  private final int[] left = new int[CONTEXTS];
  private final int[] means = new int[16];

  Coefficients(LossyHeader header, int columns) {
    chances = new int[header.chances.length];
    for (int i = 0; i < chances.length; i++) {
      chances[i] = header.chances[i] & 0xFF;
    }
    above = new int[CONTEXTS * columns];
  }

  /** Begins a row of blocks. */
  void beginRow() {
    Arrays.fill(left, 0);
  }

  /** Reads the coefficients of the block in this column, whose modes are known. */
  void read(Block block, BoolDecoder in, Quantizer quantizer, int column) throws EOFException {
    Arrays.fill(block.coefficients, 0);
    block.hasCoefficients = false;
    int from = CONTEXTS * column;
    if (block.isSkipped) {
      int kept = block.isInParts ? MEANS_CONTEXT : CONTEXTS;
      Arrays.fill(above, from, from + kept, 0);
      Arrays.fill(left, 0, kept, 0);
      return;
    }
    int first = 0;
    if (!block.isInParts) {
      first = 1;
      readMeans(block, in, quantizer, from + MEANS_CONTEXT);
    }
    int kind = first == 1 ? LUMA_REST : LUMA;
    readGrid(block, in, kind, first, quantizer.luma(), 0, 4, from, 0);
    readGrid(block, in, CHROMA, 0, quantizer.chroma(), 16, 2, from + 4, 4);
    readGrid(block, in, CHROMA, 0, quantizer.chroma(), 20, 2, from + 6, 6);
  }

  private void readMeans(Block block, BoolDecoder in, Quantizer quantizer, int context)
      throws EOFException {
    Arrays.fill(means, 0);
    int end = read(in, MEANS, above[context] + left[MEANS_CONTEXT], quantizer.means(), 0, means, 0);
    above[context] = end > 0 ? 1 : 0;
    left[MEANS_CONTEXT] = above[context];
    InverseTransform.means(means, block.coefficients);
  }

  /** Reads a square of blocks, the first of which has this number. */
  private void readGrid(
      Block block,
      BoolDecoder in,
      int kind,
      int first,
      int[] steps,
      int number,
      int side,
      int aboveFrom,
      int leftFrom)
      throws EOFException {
    int[] all = block.coefficients;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int to = 16 * (number + y * side + x);
        int context = above[aboveFrom + x] + left[leftFrom + y];
        int end = read(in, kind, context, steps, first, all, to);
        int has = end > first ? 1 : 0;
        above[aboveFrom + x] = has;
        left[leftFrom + y] = has;
        block.hasCoefficients |= end > 1 || all[to] != 0;
      }
    }
  }

  /** Reads coefficients of one kind; where the last of them ends. */
  private int read(
      BoolDecoder in, int kind, int context, int[] steps, int first, int[] target, int to)
      throws EOFException {
    int kindAt = kind * Vp8Tables.BANDS * BAND;
    int at = kindAt + BANDS[first] * BAND + context * Vp8Tables.CODE_BITS;
    for (int n = first; n < 16; n++) {
      if (in.bit(chances[at]) == 0) {
        return n;
      }
      while (in.bit(chances[at + 1]) == 0) {
        n++;
        if (n == 16) {
          return 16;
        }
        at = kindAt + BANDS[n] * BAND;
      }
      int next = kindAt + BANDS[n + 1] * BAND;
      int value = 1;
      if (in.bit(chances[at + 2]) == 0) {
        at = next + Vp8Tables.CODE_BITS;
      } else {
        value = large(in, at);
        at = next + 2 * Vp8Tables.CODE_BITS;
      }
      int signed = in.flag() ? -value : value;
      target[to + ZIGZAG[n]] = signed * steps[n > 0 ? 1 : 0];
    }
    return 16;
  }

  private int large(BoolDecoder in, int at) throws EOFException {
    if (in.bit(chances[at + 3]) == 0) {
      return in.bit(chances[at + 4]) == 0 ? 2 : 3 + in.bit(chances[at + 5]);
    }
    if (in.bit(chances[at + 6]) == 0) {
      if (in.bit(chances[at + 7]) == 0) {
        return 5 + in.bit(159);
      }
      int high = in.bit(165);
      return 7 + 2 * high + in.bit(145);
    }
    int high = in.bit(chances[at + 8]);
    int category = 2 * high + in.bit(chances[at + 9 + high]);
    int value = 0;
    for (int chance : EXTRA[category]) {
      value = 2 * value + in.bit(chance);
    }
    return value + 3 + (8 << category);
  }
}

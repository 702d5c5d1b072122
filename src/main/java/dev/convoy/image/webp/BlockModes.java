package dev.convoy.image.webp;

import java.io.EOFException;
import java.util.Arrays;

/** Reads how blocks are predicted. Source: RFC 6386, sections 8.1, 10, 11.2 to 11.5. */
final class BlockModes {
  /** Modes of whole blocks, and of parts, of which there are more. */
  static final int MEAN = 0;

  static final int TRUE_MOTION = 1;
  static final int VERTICAL = 2;
  static final int HORIZONTAL = 3;
  static final int RIGHT_DOWN = 4;
  static final int VERTICAL_RIGHT = 5;
  static final int LEFT_DOWN = 6;
  static final int VERTICAL_LEFT = 7;
  static final int HORIZONTAL_DOWN = 8;
  static final int HORIZONTAL_UP = 9;

  private static final int MODES = 10;

  /**
   * A mode's tree: where a bit of 0 leads, and where a bit of 1; modes are negative, less one. The
   * chance of a bit has the number of its pair.
   */
  private static final int[] TREE = {
    ~MEAN,
    2,
    ~TRUE_MOTION,
    4,
    ~VERTICAL,
    6,
    8,
    12,
    ~HORIZONTAL,
    10,
    ~RIGHT_DOWN,
    ~VERTICAL_RIGHT,
    ~LEFT_DOWN,
    14,
    ~VERTICAL_LEFT,
    16,
    ~HORIZONTAL_DOWN,
    ~HORIZONTAL_UP
  };

  private final byte[] chances = Vp8Tables.modes();
  private final BoolDecoder in;
  private final LossyHeader header;

  /** Modes of the parts above, four a block, and of the parts at the left. */
  private final int[] above;

  private final int[] left = new int[4];

  BlockModes(BoolDecoder in, LossyHeader header, int columns) {
    this.in = in;
    this.header = header;
    this.above = new int[4 * columns];
  }

  /** Reads the modes of the block in this column of the current row. */
  void read(Block block, int column) throws EOFException {
    if (column == 0) {
      Arrays.fill(left, MEAN);
    }
    int[] segments = header.segmentChances;
    block.segment = 0;
    if (segments.length > 0) {
      int half = in.bit(segments[0]);
      block.segment = 2 * half + in.bit(segments[1 + half]);
    }
    block.isSkipped = header.skipChance >= 0 && in.bit(header.skipChance) == 1;
    block.isInParts = in.bit(145) == 0;
    if (block.isInParts) {
      readParts(block, 4 * column);
    } else {
      int mode =
          in.bit(156) == 1
              ? in.bit(128) == 1 ? TRUE_MOTION : HORIZONTAL
              : in.bit(163) == 1 ? VERTICAL : MEAN;
      block.modes[0] = mode;
      Arrays.fill(left, mode);
      Arrays.fill(above, 4 * column, 4 * column + 4, mode);
    }
    block.chromaMode =
        in.bit(142) == 0
            ? MEAN
            : in.bit(114) == 0 ? VERTICAL : in.bit(183) == 1 ? TRUE_MOTION : HORIZONTAL;
  }

  private void readParts(Block block, int first) throws EOFException {
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        int from = (above[first + x] * MODES + left[y]) * Vp8Tables.MODE_BITS;
        int at = 0;
        do {
          at = TREE[at + in.bit(chances[from + at / 2] & 0xFF)];
        } while (at > 0);
        block.modes[4 * y + x] = ~at;
        above[first + x] = ~at;
        left[y] = ~at;
      }
    }
  }
}

package dev.convoy.image.webp;

import java.io.EOFException;

/**
 * Holds what a lossy frame says of itself before its blocks. Source: RFC 6386, sections 9.2 to
 * 9.11.
 */
final class LossyHeader {
  static final int SEGMENTS = 4;

  /** Chances of the bits that tell a block's segment; absent where blocks don't tell. */
  final int[] segmentChances;

  final Quantizer[] quantizers = new Quantizer[SEGMENTS];

  /** Strengths of the loop filter by segment, and by whether the block is predicted in parts. */
  final FilterStrength[][] strengths = new FilterStrength[SEGMENTS][2];

  final boolean hasFilter;
  final boolean hasSimpleFilter;
  final int logPartitions;

  /** Chances of coefficients' bits, as {@link Vp8Tables#coefficients} lays them out. */
  final byte[] chances = Vp8Tables.coefficients();

  /** The chance that a block has coefficients; negative where all blocks may have them. */
  final int skipChance;

  private LossyHeader(BoolDecoder in) throws EOFException {
    in.flag(); // the colour space, of which there is one
    in.flag(); // whether pixels need no clamping, which does not hurt
    int[] indexes = new int[SEGMENTS];
    int[] levels = new int[SEGMENTS];
    boolean hasSegments = in.flag();
    boolean isAbsolute = hasSegments;
    int[] segments = new int[0];
    if (hasSegments) {
      boolean tellsBlocks = in.flag();
      if (in.flag()) {
        isAbsolute = in.flag();
        for (int i = 0; i < SEGMENTS; i++) {
          indexes[i] = in.optional(7);
        }
        for (int i = 0; i < SEGMENTS; i++) {
          levels[i] = in.optional(6);
        }
      }
      if (tellsBlocks) {
        segments = new int[SEGMENTS - 1];
        for (int i = 0; i < segments.length; i++) {
          segments[i] = in.flag() ? in.number(8) : 255;
        }
      }
    }
    segmentChances = segments;
    hasSimpleFilter = in.flag();
    int level = in.number(6);
    int sharpness = in.number(3);
    hasFilter = level > 0;
    int[] deltas = filterDeltas(in);
    logPartitions = in.number(2);
    int index = in.number(7);
    int[] steps = new int[Quantizer.DELTAS];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = in.optional(4);
    }
    for (int i = 0; i < SEGMENTS; i++) {
      quantizers[i] = Quantizer.of(isAbsolute ? indexes[i] : index + indexes[i], steps);
      int own = isAbsolute ? levels[i] : level + levels[i];
      strengths[i][0] = FilterStrength.of(own + deltas[0], sharpness);
      strengths[i][1] = FilterStrength.of(own + deltas[0] + deltas[1], sharpness);
    }
    in.flag(); // whether the next frame keeps the chances, and there is none
    byte[] updates = Vp8Tables.updates();
    for (int i = 0; i < updates.length; i++) {
      if (in.bit(updates[i] & 0xFF) == 1) {
        chances[i] = (byte) in.number(8);
      }
    }
    skipChance = in.flag() ? in.number(8) : -1;
  }

  static LossyHeader read(BoolDecoder in) throws EOFException {
    return new LossyHeader(in);
  }

  /** Changes of the filter's level: of all blocks in a key frame, and of those in parts. */
  private static int[] filterDeltas(BoolDecoder in) throws EOFException {
    int[] deltas = new int[8];
    if (!in.flag()) {
      return new int[2];
    }
    if (in.flag()) {
      for (int i = 0; i < deltas.length; i++) {
        deltas[i] = in.optional(6);
      }
    }
    return new int[] {deltas[0], deltas[4]};
  }
}

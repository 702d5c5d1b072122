package dev.convoy.image.webp;

/**
 * Says by what coefficients were divided: the first of a block, and the others.
 *
 * @param luma of brightness
 * @param means of the sixteen means of a block of brightness
 * @param chroma of colour
 */
record Quantizer(int[] luma, int[] means, int[] chroma) {
  /** Numbers of a frame that change indexes of steps. */
  static final int DELTAS = 5;

  /** Steps for colours' means end at a lower index, and those of means are at least 8. */
  private static final int MOST_CHROMA_INDEX = 117;

  private static final int MOST_INDEX = 127;

  /** Source: RFC 6386, section 14.1. */
  static Quantizer of(int index, int[] deltas) {
    int[] luma = {Vp8Tables.meanStep(index + deltas[0], MOST_INDEX), Vp8Tables.step(index)};
    int[] means = {
      2 * Vp8Tables.meanStep(index + deltas[1], MOST_INDEX),
      Math.max(8, Vp8Tables.step(index + deltas[2]) * 155 / 100)
    };
    int[] chroma = {
      Vp8Tables.meanStep(index + deltas[3], MOST_CHROMA_INDEX), Vp8Tables.step(index + deltas[4])
    };
    return new Quantizer(luma, means, chroma);
  }
}

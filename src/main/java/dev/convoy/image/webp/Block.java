package dev.convoy.image.webp;

/** Holds what is known of a block of 16 by 16 pixels while it is decoded. */
final class Block {
  /** Coefficients of 16 blocks of brightness, 4 of blue, and 4 of red, 16 each. */
  static final int COEFFICIENTS = 24 * 16;

  int segment;
  boolean isSkipped;

  /**
   * Whether each of its 16 parts is predicted by itself, and how; else the first says it of all.
   */
  boolean isInParts;

  final int[] modes = new int[16];
  int chromaMode;

  final int[] coefficients = new int[COEFFICIENTS];

  /** Whether any coefficient is there. */
  boolean hasCoefficients;
}

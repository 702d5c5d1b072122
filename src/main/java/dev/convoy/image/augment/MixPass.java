package dev.convoy.image.augment;

import dev.convoy.random.SeededRandom;

/**
 * A {@link Mixing} at work on one pair of images after the other. One thread owns it; it allocates
 * nothing.
 */
public interface MixPass {
  /**
   * Writes the mixture {@code [C, H, W]}, and returns the share of the first image in its target,
   * from 0 to 1.
   *
   * @param pictures holds both images; unsigned
   * @param own where the first begins
   * @param other where the second begins
   * @param to gets the mixture from {@code offset} on; another array
   * @param random the first image's numbers for this mixing
   */
  float apply(byte[] pictures, int own, int other, byte[] to, int offset, SeededRandom random);
}

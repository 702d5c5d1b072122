package dev.convoy.image.augment;

import dev.convoy.random.SeededRandom;

/**
 * A {@link PictureAugmentation} at work on one image after the other. One thread owns it; it
 * allocates nothing.
 */
public interface PicturePass {
  /**
   * Writes the changed image {@code [C, H, W]}.
   *
   * @param from holds the image from {@code offset} on; unsigned
   * @param to gets the changed one from {@code toOffset} on; another place than the image's
   * @param random this image's numbers for this change
   */
  void apply(byte[] from, int offset, byte[] to, int toOffset, SeededRandom random);
}

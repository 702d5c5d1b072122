package dev.convoy.image.augment;

import dev.convoy.api.Internal;
import dev.convoy.api.PublicApi;
import dev.convoy.image.Picture;
import dev.convoy.random.SeededRandom;
import dev.convoy.tensor.Shape;

/** A change that can cut the network's images out of larger pictures. */
@PublicApi
public sealed interface Cutting permits RandomCrop, RandomResizedCrop {
  /** Returns what it cuts out of. */
  CropSource from();

  /**
   * Pixels of the network's size.
   *
   * @param picture at least as large, and of as many channels
   * @param input shape of what the network takes
   * @param ground the byte of each channel that stands where there is no picture
   */
  @Internal
  byte[] cut(Picture picture, Shape input, byte[] ground, SeededRandom random);
}

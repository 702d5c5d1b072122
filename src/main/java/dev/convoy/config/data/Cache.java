package dev.convoy.config.data;

import dev.convoy.api.PublicApi;

/** Says what executors keep of the images from round to round. */
@PublicApi
public enum Cache {
  /** Blocks of pixels, in memory as far as it goes, and the others on disk. */
  DECODED,

  /**
   * Blocks of pictures as they lie in their files, in memory as far as it goes, and the others on
   * disk: a thread beside each task decodes the next batches. Needs pictures that are encoded.
   */
  ENCODED,

  /**
   * Nothing: each round puts its blocks together from the pixels on the executors' disks, which
   * takes neither memory nor a second place on disk.
   */
  NONE
}

package dev.convoy.config;

/** What executors keep of the images from round to round. */
public enum Cache {
  /** Blocks of pixels, in memory as far as it goes, and the others on disk. */
  DECODED,

  /**
   * Nothing: each round puts its blocks together from the pixels on the executors' disks, which
   * takes neither memory nor a second place on disk.
   */
  NONE
}

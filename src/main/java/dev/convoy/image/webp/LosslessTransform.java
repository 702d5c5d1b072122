package dev.convoy.image.webp;

/** What an encoder did to pixels, so that they take fewer bits. */
interface LosslessTransform {
  /** Pixels in a row of what is stored, which are fewer where several make one. */
  int storedWidth();

  /**
   * Makes of the stored pixels those that there were.
   *
   * @param stored pixels row by row, which may be changed
   */
  int[] undo(int[] stored);
}

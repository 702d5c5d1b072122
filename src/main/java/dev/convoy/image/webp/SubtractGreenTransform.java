package dev.convoy.image.webp;

/**
 * Stores red and blue less green.
 *
 * @param storedWidth pixels in a row
 */
record SubtractGreenTransform(int storedWidth) implements LosslessTransform {
  @Override
  public int[] undo(int[] stored) {
    for (int i = 0; i < stored.length; i++) {
      int green = stored[i] >> 8 & 0xFF;
      int redBlue = (stored[i] & 0xFF00FF) + (green << 16 | green) & 0xFF00FF;
      stored[i] = stored[i] & 0xFF00FF00 | redBlue;
    }
    return stored;
  }
}

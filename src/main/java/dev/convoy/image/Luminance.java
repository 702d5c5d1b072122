package dev.convoy.image;

/** How bright a colour is: {@code 0.2989 R + 0.5870 G + 0.1140 B}, as ITU-R BT.601 weighs them. */
final class Luminance {
  private static final double RED = 0.2989;
  private static final double GREEN = 0.5870;
  private static final double BLUE = 0.1140;

  private Luminance() {}

  /** The grey value of a colour, not rounded. */
  static double of(int red, int green, int blue) {
    return RED * red + GREEN * green + BLUE * blue;
  }
}

package dev.convoy.image;

/**
 * Computes how bright a colour is: {@code 0.2989 R + 0.5870 G + 0.1140 B}, as ITU-R BT.601 weighs
 * them.
 */
public final class Luminance {
  private static final double RED = 0.2989;
  private static final double GREEN = 0.5870;
  private static final double BLUE = 0.1140;
  private static final double[] WEIGHTS = {RED, GREEN, BLUE};

  private Luminance() {}

  /** The grey value of a colour, not rounded. */
  public static double of(double red, double green, double blue) {
    return RED * red + GREEN * green + BLUE * blue;
  }

  /** Returns the weight of red (0), green (1) or blue (2). */
  public static double weight(int channel) {
    return WEIGHTS[channel];
  }
}

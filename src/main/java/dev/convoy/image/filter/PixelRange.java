package dev.convoy.image.filter;

import dev.convoy.image.Plane;
import java.util.List;
import java.util.Locale;

/** Says how a filter's values, which may be of any size and sign, become pixels from 0 to 1. */
public enum PixelRange {
  /**
   * {@code (value - min) / (max - min)}, over all channels of a picture together: the least value
   * shows black, the greatest white. If there is but one value, it shows black.
   */
  MINMAX {
    @Override
    Levels levels(List<Plane> planes, double rounding) {
      return Levels.of(planes, rounding);
    }
  },

  /** {@code value / 255}; what is below 0 shows black, what is above 255 white. */
  CLAMP {
    @Override
    Levels levels(List<Plane> planes, double rounding) {
      return Levels.BYTE;
    }
  };

  /** Tells which of these values shows black and which white. */
  abstract Levels levels(List<Plane> planes, double rounding);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

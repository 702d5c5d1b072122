package dev.convoy.image;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Maps the bytes of each channel to floats: {@code (byte / 255 - mean) / std}.
 *
 * @param mean of pixel/255, one a channel
 * @param std of pixel/255, one a channel, each above 0
 */
@PublicApi
public record Normalization(float[] mean, float[] std) implements Serializable {
  public Normalization {
    Check.present(mean, "Normalization.mean");
    Check.present(std, "Normalization.std");
    if (mean.length != std.length || mean.length == 0) {
      throw new IllegalArgumentException(
          "Normalization.mean and std need one value a channel each, but have "
              + mean.length
              + " and "
              + std.length);
    }
    for (float deviation : std) {
      Check.positive(deviation, "Normalization.std");
    }
    mean = mean.clone();
    std = std.clone();
  }

  /** Mean 0 and deviation 1: pixels as they are, in {@code [0, 1]}. */
  public static Normalization none(int channels) {
    float[] std = new float[channels];
    Arrays.fill(std, 1);
    return new Normalization(new float[channels], std);
  }

  /** The float of each byte of this channel. */
  public float[] table(int channel) {
    float[] table = new float[256];
    for (int value = 0; value < 256; value++) {
      table[value] = (float) ((value / 255.0 - mean[channel]) / std[channel]);
    }
    return table;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Normalization that
        && Arrays.equals(mean, that.mean)
        && Arrays.equals(std, that.std);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(mean) + Arrays.hashCode(std);
  }

  @Override
  public String toString() {
    return "mean " + Arrays.toString(mean) + ", std " + Arrays.toString(std);
  }
}

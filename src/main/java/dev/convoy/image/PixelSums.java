package dev.convoy.image;

import dev.convoy.tensor.Shape;
import java.io.Serializable;
import java.math.BigInteger;

/**
 * Sums over the pixels of pictures, channel by channel. They are whole numbers, so that it makes no
 * difference in which order, and where, pictures were added: means and deviations are the same to
 * the last bit. Not a record: the Kryo of Spark can't write those.
 */
public final class PixelSums implements Serializable {
  private static final long serialVersionUID = 1;
  private static final double MOST = 255;

  private long pixels;
  private final long[] sums;
  private final long[] squares;

  /** Creates sums of no pixel so far. */
  public PixelSums(int channels) {
    this(0, new long[channels], new long[channels]);
  }

  /**
   * Sums that are known.
   *
   * @param pixels of each channel
   * @param sums of their bytes, one a channel
   * @param squares sums of the squares of their bytes, one a channel
   */
  public PixelSums(long pixels, long[] sums, long[] squares) {
    this.pixels = pixels;
    this.sums = sums.clone();
    this.squares = squares.clone();
  }

  /** Returns how many pixels each channel has. */
  public long pixels() {
    return pixels;
  }

  /** Returns how many channels there are. */
  public int channels() {
    return sums.length;
  }

  /** The sum of each channel's bytes. */
  public long[] sums() {
    return sums.clone();
  }

  /** The sum of the squares of each channel's bytes. */
  public long[] squares() {
    return squares.clone();
  }

  /**
   * Adds images.
   *
   * @param shape {@code [C, H, W]} of each
   * @param bytes of one image after the other
   * @param images how many there are
   */
  public void add(Shape shape, byte[] bytes, int images) {
    int plane = shape.height() * shape.width();
    int at = 0;
    for (int image = 0; image < images; image++) {
      for (int c = 0; c < sums.length; c++) {
        long sum = 0;
        long square = 0;
        for (int end = at + plane; at < end; at++) {
          int value = bytes[at] & 0xFF;
          sum += value;
          square += value * value;
        }
        sums[c] = Math.addExact(sums[c], sum);
        squares[c] = Math.addExact(squares[c], square);
      }
    }
    pixels += (long) plane * images;
  }

  /** Adds what others have summed; those of one channel count for each of several. */
  public void add(PixelSums others) {
    for (int c = 0; c < sums.length; c++) {
      int from = others.sums.length == 1 ? 0 : c;
      sums[c] = Math.addExact(sums[c], others.sums[from]);
      squares[c] = Math.addExact(squares[c], others.squares[from]);
    }
    pixels += others.pixels;
  }

  /** Returns the sums without those of some of the pixels; both have as many channels. */
  public PixelSums without(PixelSums some) {
    long[] lessSums = sums.clone();
    long[] lessSquares = squares.clone();
    for (int c = 0; c < lessSums.length; c++) {
      lessSums[c] -= some.sums[c];
      lessSquares[c] -= some.squares[c];
    }
    return new PixelSums(pixels - some.pixels, lessSums, lessSquares);
  }

  /** The mean of pixel/255 in a channel. */
  public double mean(int channel) {
    return sums[channel] / (pixels * MOST);
  }

  /** The standard deviation of pixel/255 in a channel, over all its pixels. */
  public double deviation(int channel) {
    BigInteger count = BigInteger.valueOf(pixels);
    BigInteger sum = BigInteger.valueOf(sums[channel]);
    BigInteger square = BigInteger.valueOf(squares[channel]);
    // n² times the variance: exact, where E[x²] - E[x]² of doubles would lose digits.
    double scaled = count.multiply(square).subtract(sum.multiply(sum)).doubleValue();
    return StrictMath.sqrt(scaled) / (pixels * MOST);
  }

  /**
   * Returns what makes the mean 0 and the deviation 1.
   *
   * @param what the pixels are of, for errors
   * @throws DataException if all pixels of a channel are equal
   */
  public Normalization normalization(String what) {
    float[] mean = new float[sums.length];
    float[] deviation = new float[sums.length];
    for (int c = 0; c < sums.length; c++) {
      mean[c] = (float) mean(c);
      deviation[c] = (float) deviation(c);
      if (!(deviation[c] > 0)) {
        throw new DataException(
            what
                + ": pixels must differ for normalize: auto, but all of channel "
                + c
                + " are "
                + sums[c] / Math.max(1, pixels));
      }
    }
    return new Normalization(mean, deviation);
  }
}

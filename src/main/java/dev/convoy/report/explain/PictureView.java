package dev.convoy.report.explain;

import dev.convoy.image.ImageBlock;
import dev.convoy.image.Normalization;
import dev.convoy.nn.Network;
import dev.convoy.tensor.Shape;
import java.util.Base64;

/**
 * The image as numbers.
 *
 * @param name of its file, and its place there
 * @param channels of the image
 * @param height as it is here
 * @param width as it is here
 * @param shrink pixels of a row and of a column whose mean one of these is
 * @param pixels {@code [channels, height, width]}, unsigned bytes in Base64
 * @param mean that the network's input has been freed of, one a channel
 * @param std by which it is divided, one a channel
 */
record PictureView(
    String name,
    int channels,
    int height,
    int width,
    int shrink,
    String pixels,
    float[] mean,
    float[] std) {
  /** A larger picture is shrunk. */
  private static final int SIDE = 256;

  static PictureView of(
      String name, Network network, ImageBlock image, Normalization normalization) {
    Shape shape = network.input();
    int shrink = Math.max(1, (Math.max(shape.height(), shape.width()) + SIDE - 1) / SIDE);
    int height = (shape.height() + shrink - 1) / shrink;
    int width = (shape.width() + shrink - 1) / shrink;
    byte[] pixels = new byte[shape.channels() * height * width];
    for (int i = 0; i < pixels.length; i++) {
      int channel = i / (height * width);
      int y = i / width % height * shrink;
      int x = i % width * shrink;
      pixels[i] = mean(image.pixels(), channel, y, x, shape, shrink);
    }
    return new PictureView(
        name,
        shape.channels(),
        height,
        width,
        shrink,
        Base64.getEncoder().encodeToString(pixels),
        normalization.mean(),
        normalization.std());
  }

  private static byte mean(byte[] pixels, int channel, int top, int left, Shape shape, int side) {
    int bottom = Math.min(top + side, shape.height());
    int right = Math.min(left + side, shape.width());
    int sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        sum += pixels[(channel * shape.height() + y) * shape.width() + x] & 0xFF;
      }
    }
    int count = (bottom - top) * (right - left);
    return (byte) ((sum + count / 2) / count);
  }
}

package dev.convoy.testing;

import dev.convoy.image.ImageBlock;
import dev.convoy.image.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** Images of a block as picture files. */
public final class PictureBytes {
  private PictureBytes() {}

  /** The image with this position, as it lies in the block. */
  public static byte[] pixels(ImageBlock block, int position) {
    int size = block.shape().size();
    return Arrays.copyOfRange(block.pixels(), position * size, (position + 1) * size);
  }

  /** The same row by row, its channels side by side. */
  public static byte[] channelsLast(ImageBlock block, int position) {
    byte[] pixels = pixels(block, position);
    int channels = block.shape().channels();
    int plane = pixels.length / channels;
    byte[] turned = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      turned[i] = pixels[i % channels * plane + i / channels];
    }
    return turned;
  }

  /** As a PNG file. */
  public static byte[] png(ImageBlock block, int position) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new Picture(block.shape(), pixels(block, position)).writePng(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A picture as a file of a format that the JDK writes. */
  public static byte[] encode(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalArgumentException("no writer of " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}

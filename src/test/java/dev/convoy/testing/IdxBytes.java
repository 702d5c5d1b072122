package dev.convoy.testing;

import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** The bytes of IDX files, right or damaged. */
public final class IdxBytes {
  private IdxBytes() {}

  /** A header with these numbers, then the content. */
  public static byte[] of(byte[] content, int... header) {
    ByteBuffer bytes = ByteBuffer.allocate(header.length * Integer.BYTES + content.length);
    for (int number : header) {
      bytes.putInt(number);
    }
    return bytes.put(content).array();
  }

  /** Grey images as {@code [N, H, W]}, others as {@code [N, C, H, W]}. */
  public static byte[] images(ImageBlock block) {
    Shape shape = block.shape();
    if (shape.channels() == 1) {
      return of(block.pixels(), 0x803, block.size(), shape.height(), shape.width());
    }
    return of(block.pixels(), 0x804, block.size(), shape.channels(), shape.height(), shape.width());
  }

  public static byte[] labels(ImageBlock block) {
    byte[] labels = new byte[block.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) block.labels()[i];
    }
    return of(labels, 0x801, labels.length);
  }

  /** Target vectors of bytes, {@code [N, outputs]}. */
  public static byte[] byteVectors(ImageBlock block) {
    int width = block.targets().width();
    byte[] values = new byte[block.size() * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) block.targets().value(i / width, i % width);
    }
    return of(values, 0x802, block.size(), width);
  }

  /** Target vectors of float32, {@code [N, outputs]}. */
  public static byte[] floatVectors(ImageBlock block) {
    int width = block.targets().width();
    ByteBuffer values = ByteBuffer.allocate(block.size() * width * Float.BYTES);
    for (int i = 0; i < block.size() * width; i++) {
      values.putFloat(block.targets().value(i / width, i % width));
    }
    return of(values.array(), 0xD02, block.size(), width);
  }

  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}

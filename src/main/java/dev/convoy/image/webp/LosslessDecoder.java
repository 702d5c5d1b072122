package dev.convoy.image.webp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes lossless pictures into pixels of alpha, red, green and blue, from their highest bits
 * down: first the transforms that the encoder applied, then pixels, of which the transforms are
 * undone, the last one first. Source: RFC 9649, section 3.
 */
final class LosslessDecoder {
  private static final int PREDICTOR = 0;
  private static final int COLOR = 1;
  private static final int SUBTRACT_GREEN = 2;
  private static final int COLOR_INDEXING = 3;

  private LosslessDecoder() {}

  /**
   * Pixels {@code [height, width]}.
   *
   * @param in the bits after the header that holds the size
   */
  static int[] decode(BitReader in, int width, int height) throws IOException {
    List<LosslessTransform> transforms = new ArrayList<>();
    int storedWidth = width;
    boolean[] seen = new boolean[4];
    while (in.readFlag()) {
      int kind = in.read(2);
      if (seen[kind]) {
        throw new IOException("a transform stands twice");
      }
      seen[kind] = true;
      LosslessTransform transform = transform(kind, in, storedWidth, height);
      transforms.add(0, transform);
      storedWidth = transform.storedWidth();
    }
    int[] pixels = EntropyCode.pixels(in, storedWidth, height, true);
    for (LosslessTransform transform : transforms) {
      pixels = transform.undo(pixels);
    }
    return pixels;
  }

  private static LosslessTransform transform(int kind, BitReader in, int width, int height)
      throws IOException {
    switch (kind) {
      case PREDICTOR, COLOR -> {
        Blocks blocks = Blocks.read(in, width, height);
        return kind == PREDICTOR
            ? new PredictorTransform(blocks, width, height)
            : new ColorTransform(blocks, width, height);
      }
      case SUBTRACT_GREEN -> {
        return new SubtractGreenTransform(width);
      }
      default -> {
        assert kind == COLOR_INDEXING;
        return PaletteTransform.read(in, width, height);
      }
    }
  }

  /**
   * Numbers that hold for square blocks of pixels each.
   *
   * @param values of the blocks, row by row
   * @param bits logarithm of a block's side
   * @param width blocks in a row
   */
  record Blocks(int[] values, int bits, int width) {
    static Blocks read(BitReader in, int width, int height) throws IOException {
      int bits = 2 + in.read(3);
      int columns = parts(width, bits);
      int[] values = EntropyCode.pixels(in, columns, parts(height, bits), false);
      return new Blocks(values, bits, columns);
    }

    int at(int x, int y) {
      return values[(y >> bits) * width + (x >> bits)];
    }

    /** The blocks of a picture, if it has any. */
    static @Nullable Blocks readOptional(BitReader in, int width, int height) throws IOException {
      return in.readFlag() ? read(in, width, height) : null;
    }
  }

  /** How many parts of a power of two a length has. */
  static int parts(int length, int bits) {
    return length + (1 << bits) - 1 >> bits;
  }
}

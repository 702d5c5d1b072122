package dev.convoy.image.webp;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says where the parts of one frame lie.
 *
 * @param left column of the canvas where it begins
 * @param top row of the canvas where it begins
 * @param width columns
 * @param height rows
 * @param image the chunk of its colours, lossy or lossless
 * @param alpha the chunk of a lossy frame's alpha; absent where there is none
 */
record Frame(int left, int top, int width, int height, Chunk image, @Nullable Chunk alpha) {
  private static final int ANIMATION_HEADER = 16;
  private static final int LOSSY_HEADER = 10;
  private static final int LOSSLESS_HEADER = 5;
  private static final int LOSSLESS_SIGNATURE = 0x2F;

  /** Sizes of frames have 14 bits. */
  private static final int SIZE_MASK = 0x3FFF;

  /** The picture of a file without animation, as large as its own header says. */
  static Frame still(List<Chunk> chunks) throws IOException {
    Chunk alpha = null;
    for (Chunk chunk : chunks) {
      switch (chunk.kind()) {
        case "ALPH" -> alpha = alpha == null ? chunk : alpha;
        case "VP8 " -> {
          return lossy(chunk.withAtLeast(LOSSY_HEADER), alpha);
        }
        case "VP8L" -> {
          return lossless(chunk.withAtLeast(LOSSLESS_HEADER));
        }
        default -> {
          // Profiles and other things say nothing of pixels.
        }
      }
    }
    throw new IOException("it has no picture");
  }

  /** The first frame of an animation. */
  static Frame firstOf(List<Chunk> chunks) throws IOException {
    for (Chunk chunk : chunks) {
      if (chunk.kind().equals("ANMF")) {
        chunk.withAtLeast(ANIMATION_HEADER);
        int from = chunk.start() + ANIMATION_HEADER;
        Frame frame = still(Chunk.between(chunk.file(), from, chunk.end()));
        int width = 1 + chunk.number(6, 3);
        int height = 1 + chunk.number(9, 3);
        if (width != frame.width || height != frame.height) {
          throw new IOException(
              String.format(
                  "a frame of %d by %d does not fit its place of %d by %d",
                  frame.width, frame.height, width, height));
        }
        int left = 2 * chunk.number(0, 3);
        int top = 2 * chunk.number(3, 3);
        return new Frame(left, top, width, height, frame.image, frame.alpha);
      }
    }
    throw new IOException("it has no frame");
  }

  private static Frame lossy(Chunk image, @Nullable Chunk alpha) throws IOException {
    int width = image.number(6, 2) & SIZE_MASK;
    int height = image.number(8, 2) & SIZE_MASK;
    if (image.number(3, 3) != 0x2A019D || width == 0 || height == 0) {
      throw new IOException("its lossy frame has no header");
    }
    return new Frame(0, 0, width, height, image, alpha);
  }

  private static Frame lossless(Chunk image) throws IOException {
    int sizes = (int) Chunk.number(image.file(), image.start() + 1, Integer.BYTES);
    // After both sizes and a bit for alpha stands a version of 3 bits, which is 0.
    if (image.number(0, 1) != LOSSLESS_SIGNATURE || sizes >>> 29 != 0) {
      throw new IOException("its lossless frame has no header");
    }
    return new Frame(0, 0, 1 + (sizes & SIZE_MASK), 1 + (sizes >>> 14 & SIZE_MASK), image, null);
  }

  private boolean isLossless() {
    return image.kind().equals("VP8L");
  }

  /** Whether the frame itself, without a container that tells more, says that it has alpha. */
  boolean claimsAlpha() {
    return isLossless() && (image.number(4, 1) & 0x10) != 0;
  }

  /**
   * Decodes the frame.
   *
   * @param hasAlpha whether the alpha of a lossless frame counts; that of a chunk always does
   */
  Canvas decode(boolean hasAlpha) throws IOException {
    if (isLossless()) {
      BitReader bits = new BitReader(image.file(), image.start() + LOSSLESS_HEADER, image.end());
      return Canvas.of(LosslessDecoder.decode(bits, width, height), width, height, hasAlpha);
    }
    Planes planes = LossyDecoder.decode(image, width, height);
    byte[] opacity = alpha == null ? null : AlphaPlane.decode(alpha, width, height);
    return new Canvas(width, height, ChromaUpsampling.colours(planes, width, height), opacity);
  }
}

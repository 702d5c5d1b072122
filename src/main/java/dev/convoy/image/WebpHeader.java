package dev.convoy.image;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/**
 * Refuses WebP files by what their frames claim, before a reader makes room for them: a frame may
 * claim another size than the canvas, which is all that the reader tells of. Source: RFC 9649, WebP
 * Image Format, sections 2.5 to 2.7; RFC 6386, section 9.1.
 */
final class WebpHeader {
  /**
   * The largest number of pixels of a lossy frame, whose decoder takes some 25 bytes of memory for
   * each pixel.
   */
  static final int MOST_LOSSY_PIXELS = 1 << 24;

  private static final int CHUNK_HEADER = 8;
  private static final int RIFF_HEADER = 12;
  private static final int ANIMATION_HEADER = 16;

  /** Sizes of frames have 14 bits. */
  private static final int SIZE_MASK = 0x3FFF;

  private final ByteBuffer file;
  private final String name;

  /** The canvas's width; any frame fits where there is no canvas. */
  private int canvasWidth = Integer.MAX_VALUE;

  private int canvasHeight = Integer.MAX_VALUE;

  private WebpHeader(byte[] file, String name) {
    this.file = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    this.name = name;
  }

  /**
   * Looks at all frames.
   *
   * @param name of the file, for errors
   * @throws DataException if one is larger than the canvas, or than memory is meant for
   */
  static void check(byte[] file, String name) {
    WebpHeader header = new WebpHeader(file, name);
    header.checkChunks(RIFF_HEADER, file.length, false);
  }

  private void checkChunks(int from, int end, boolean inFrame) {
    long at = from;
    while (at + CHUNK_HEADER <= end) {
      int start = (int) at + CHUNK_HEADER;
      long length = file.getInt(start - Integer.BYTES) & 0xFFFFFFFFL;
      checkChunk(kind((int) at), start, (int) Math.min(end, start + length), inFrame);
      at = start + length + (length & 1);
    }
  }

  private String kind(int at) {
    byte[] kind = new byte[Integer.BYTES];
    file.get(at, kind);
    return new String(kind, US_ASCII);
  }

  private void checkChunk(String kind, int start, int end, boolean inFrame) {
    if (kind.equals("VP8X") && end - start >= 10) {
      canvasWidth = Math.min(canvasWidth, 1 + (file.getInt(start + 4) & 0xFFFFFF));
      canvasHeight = Math.min(canvasHeight, 1 + (file.getInt(start + 6) >>> 8));
    } else if (kind.equals("VP8 ") && end - start >= 10) {
      int width = file.getShort(start + 6) & SIZE_MASK;
      int height = file.getShort(start + 8) & SIZE_MASK;
      checkFrame(width, height);
      if ((long) width * height > MOST_LOSSY_PIXELS) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: a lossy WebP picture must have at most %,d pixels, but is %d by %d",
                name,
                MOST_LOSSY_PIXELS,
                width,
                height));
      }
    } else if (kind.equals("VP8L") && end - start >= 5) {
      int sizes = file.getInt(start + 1);
      checkFrame(1 + (sizes & SIZE_MASK), 1 + (sizes >>> 14 & SIZE_MASK));
    } else if (kind.equals("ANMF") && !inFrame) {
      checkChunks(start + ANIMATION_HEADER, end, true);
    }
  }

  private void checkFrame(int width, int height) {
    Picture.checkSize(width, height, name + ":");
    if (width > canvasWidth || height > canvasHeight) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: must be a whole WebP picture, but is damaged: a frame of %d by %d does not fit"
                  + " its canvas of %d by %d",
              name,
              width,
              height,
              canvasWidth,
              canvasHeight));
    }
  }
}

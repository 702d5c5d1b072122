package dev.convoy.image.webp;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A WebP file whose container was looked at: what size its picture has, and where its parts lie. Of
 * an animation the first frame is taken, on a canvas that is transparent elsewhere. Colour profiles
 * are passed over. Source: RFC 9649, section 2.
 */
public final class WebpFile {
  private static final int RIFF_HEADER = 12;
  private static final int CANVAS_BYTES = 10;
  private static final int ALPHA_FLAG = 0x10;
  private static final int ANIMATION_FLAG = 0x02;

  private final int width;
  private final int height;
  private final boolean hasAlpha;
  private final Frame frame;
  private final List<Chunk> chunks;

  private WebpFile(int width, int height, boolean hasAlpha, Frame frame, List<Chunk> chunks) {
    this.width = width;
    this.height = height;
    this.hasAlpha = hasAlpha;
    this.frame = frame;
    this.chunks = chunks;
  }

  /**
   * Looks at a file's container and at the headers of its frame, not at its pixels.
   *
   * @param file its bytes, not copied
   * @throws EOFException if the file is shorter than it says
   * @throws IOException if it is damaged otherwise
   */
  public static WebpFile of(byte[] file) throws IOException {
    if (file.length < RIFF_HEADER) {
      throw new EOFException("it is cut off");
    }
    long end = 8 + Chunk.number(file, Integer.BYTES, Integer.BYTES);
    if (end > file.length) {
      throw new EOFException("it is cut off: " + file.length + " of " + end + " bytes are there");
    }
    List<Chunk> chunks = Chunk.between(file, RIFF_HEADER, (int) end);
    if (chunks.isEmpty()) {
      throw new IOException("it holds nothing");
    }
    Chunk first = chunks.get(0);
    if (!first.kind().equals("VP8X")) {
      Frame frame = Frame.still(List.of(first));
      return new WebpFile(frame.width(), frame.height(), frame.claimsAlpha(), frame, List.of());
    }
    return extended(first.withAtLeast(CANVAS_BYTES), chunks.subList(1, chunks.size()));
  }

  private static WebpFile extended(Chunk header, List<Chunk> chunks) throws IOException {
    int flags = header.number(0, 1);
    int width = 1 + header.number(4, 3);
    int height = 1 + header.number(7, 3);
    boolean isAnimation = (flags & ANIMATION_FLAG) != 0;
    Frame frame = isAnimation ? Frame.firstOf(chunks) : Frame.still(chunks);
    boolean fits =
        isAnimation
            ? frame.left() + frame.width() <= width && frame.top() + frame.height() <= height
            : frame.width() == width && frame.height() == height;
    if (!fits) {
      throw new IOException(
          String.format(
              "a frame of %d by %d does not fit its canvas of %d by %d",
              frame.width(), frame.height(), width, height));
    }
    return new WebpFile(width, height, (flags & ALPHA_FLAG) != 0, frame, chunks);
  }

  /** Columns of the canvas. */
  public int width() {
    return width;
  }

  /** Rows of the canvas. */
  public int height() {
    return height;
  }

  /** The bytes that a camera left about the picture, if any: EXIF, which is a TIFF file. */
  public Optional<byte[]> exif() {
    return chunks.stream()
        .filter(chunk -> chunk.kind().equals("EXIF"))
        .map(chunk -> Arrays.copyOfRange(chunk.file(), chunk.start(), chunk.end()))
        .findFirst();
  }

  /**
   * Decodes the picture, drawn on black where it is transparent.
   *
   * @return red, green and blue, {@code [3, height, width]}, 8 bits each
   * @throws IOException if it can't be decoded
   */
  public byte[] decode() throws IOException {
    Canvas canvas = frame.decode(hasAlpha);
    return canvas.on(width, height, frame.left(), frame.top());
  }
}

package dev.convoy.image.container;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A GIF file that has all its blocks up to its last one, and its first frame. Source: GIF89a
 * Specification.
 *
 * @param width columns of the canvas
 * @param height rows of the canvas
 * @param left column where the first frame begins
 * @param top row where the first frame begins
 * @param frameWidth columns of the first frame
 * @param frameHeight rows of the first frame
 * @param frame a GIF file of that frame alone, whose canvas is as large as it
 */
public record GifFile(
    int width, int height, int left, int top, int frameWidth, int frameHeight, byte[] frame) {
  private static final int HEADER = 13;
  private static final int DESCRIPTOR = 10;
  private static final int EXTENSION = 0x21;
  private static final int CONTROL = 0xF9;
  private static final int IMAGE = 0x2C;
  private static final int TRAILER = 0x3B;

  /** A code of at least three bits stands for at most 4,095 pixels. */
  private static final long MOST_PIXELS_IN_BYTE = 4095 * 8 / 3;

  /**
   * Looks at a file.
   *
   * @throws EOFException if it is cut off
   * @throws IOException if it is damaged otherwise
   */
  public static GifFile of(byte[] file) throws IOException {
    return new Walk(file).walk();
  }

  /** Goes through the blocks of a file. */
  private static final class Walk {
    private final byte[] file;
    private int at;

    /** Where what is said of the next frame begins and ends. */
    private int control;

    private int controlEnd;

    Walk(byte[] file) {
      this.file = file;
    }

    GifFile walk() throws IOException {
      at = HEADER + table(read(10));
      @Nullable GifFile first = null;
      while (true) {
        switch (read(at)) {
          case EXTENSION -> {
            int start = at;
            boolean isControl = read(at + 1) == CONTROL;
            skipBlocks(at + 2);
            if (isControl) {
              control = start;
              controlEnd = at;
            }
          }
          case IMAGE -> {
            int start = at;
            read(at + DESCRIPTOR);
            skipBlocks(at + DESCRIPTOR + table(file[at + 9]) + 1);
            first = first == null ? frame(start) : first;
          }
          // Some writers leave an empty block between others.
          case 0 -> at++;
          default -> {
            // The trailer; other bytes after a whole frame are no part of it either.
            if (first == null) {
              throw new IOException("it has no frame");
            }
            return first;
          }
        }
      }
    }

    private int read(int position) throws EOFException {
      if (position >= file.length) {
        throw new EOFException("it is cut off");
      }
      return file[position] & 0xFF;
    }

    /** Bytes of the table of colours that these flags tell of. */
    private static int table(int flags) {
      return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }

    private void skipBlocks(int from) throws EOFException {
      at = from;
      int length = read(at);
      while (length > 0) {
        at += 1 + length;
        length = read(at);
      }
      at++;
    }

    private int side(int position) {
      return file[position] & 0xFF | (file[position + 1] & 0xFF) << 8;
    }

    private GifFile frame(int start) throws IOException {
      int left = side(start + 1);
      int top = side(start + 3);
      int width = side(start + 5);
      int height = side(start + 7);
      if (width == 0 || height == 0) {
        throw new IOException("its first frame is " + width + " by " + height);
      }
      if ((long) width * height / MOST_PIXELS_IN_BYTE > at - start) {
        throw new IOException(
            (at - start) + " bytes can't hold " + width + " by " + height + " pixels");
      }
      GifCodes.check(file, start + DESCRIPTOR + table(file[start + 9]), (long) width * height);
      byte[] header = Arrays.copyOf(file, HEADER + table(file[10]));
      System.arraycopy(file, start + 5, header, 6, 4);
      ByteArrayOutputStream frame = new ByteArrayOutputStream(at - start + 1024);
      frame.write(header, 0, header.length);
      frame.write(file, control, controlEnd - control);
      byte[] image = Arrays.copyOfRange(file, start, at);
      Arrays.fill(image, 1, 5, (byte) 0);
      frame.write(image, 0, image.length);
      frame.write(TRAILER);
      // A frame that is larger than its screen enlarges it, as all readers do.
      return new GifFile(
          Math.max(side(6), left + width),
          Math.max(side(8), top + height),
          left,
          top,
          width,
          height,
          frame.toByteArray());
    }
  }
}

package dev.convoy.image.container;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A BMP file that has all bytes of its pixels. Source: Microsoft, Bitmap Storage.
 *
 * @param width columns
 * @param height rows
 */
public record BmpFile(int width, int height) {
  private static final int FILE_HEADER = 14;
  private static final int OLD_HEADER = 12;
  private static final int HEADER = 40;
  private static final int RUNS_OF_BYTES = 1;
  private static final int RUNS_OF_HALF_BYTES = 2;
  private static final int FIELDS = 3;
  private static final int FIELDS_WITH_ALPHA = 6;

  /**
   * Looks at a file.
   *
   * @throws EOFException if it is cut off
   * @throws IOException if it is damaged otherwise, or stored in a way that is not read
   */
  public static BmpFile of(byte[] file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length < FILE_HEADER + OLD_HEADER) {
      throw new EOFException("it is cut off");
    }
    int header = bytes.getInt(FILE_HEADER);
    if (header == OLD_HEADER) {
      int width = bytes.getShort(18) & 0xFFFF;
      int height = bytes.getShort(20) & 0xFFFF;
      checkPixels(bytes, width, height, bytes.getShort(24));
      return new BmpFile(width, height);
    }
    if (header < HEADER) {
      throw new IOException("its header has an unknown size");
    }
    if (file.length < FILE_HEADER + HEADER) {
      throw new EOFException("it is cut off");
    }
    int width = bytes.getInt(18);
    // Rows of a negative height go from the top down.
    int height = Math.abs(bytes.getInt(22));
    switch (bytes.getInt(30)) {
      case 0, FIELDS, FIELDS_WITH_ALPHA -> checkPixels(bytes, width, height, bytes.getShort(28));
      case RUNS_OF_BYTES -> checkRuns(bytes, width, height, 1);
      case RUNS_OF_HALF_BYTES -> checkRuns(bytes, width, height, 2);
      default -> throw new IOException("its pixels are stored in a way that is not read");
    }
    return new BmpFile(width, height);
  }

  private static int start(ByteBuffer bytes, int width, int height) throws IOException {
    int start = bytes.getInt(10);
    if (width < 1 || height < 1) {
      throw new IOException("its size is " + width + " by " + height);
    }
    if (start < FILE_HEADER || start > bytes.limit()) {
      throw new EOFException("it is cut off");
    }
    return start;
  }

  private static void checkPixels(ByteBuffer bytes, int width, int height, int bits)
      throws IOException {
    int start = start(bytes, width, height);
    if (bits < 1 || bits > 32) {
      throw new IOException("a pixel has " + bits + " bits");
    }
    // Rows are filled up to whole words.
    long row = ((long) width * bits + 31) / 32 * 4;
    // What fills up the last row is missing in some files.
    long least = row * (height - 1) + ((long) width * bits + 7) / 8;
    if (bytes.limit() - start < least) {
      throw new EOFException("it is cut off");
    }
  }

  /** Goes through all runs, which are bounded by the file's size, up to the mark of the end. */
  private static void checkRuns(ByteBuffer bytes, int width, int height, int pixelsInByte)
      throws IOException {
    int at = start(bytes, width, height);
    // The longest run has 255 pixels, and takes two bytes.
    if ((long) width * height / 255 * 2 > bytes.limit()) {
      throw new IOException("its runs can't fill " + width + " by " + height + " pixels");
    }
    while (at + 2 <= bytes.limit()) {
      int count = bytes.get(at) & 0xFF;
      int value = bytes.get(at + 1) & 0xFF;
      at += 2;
      if (count > 0 || value == 0) {
        continue;
      }
      if (value == 1) {
        return;
      } else if (value == 2) {
        at += 2;
      } else {
        // As many pixels as they are, filled up to an even number of bytes.
        int length = (value + pixelsInByte - 1) / pixelsInByte;
        at += length + (length & 1);
      }
    }
    throw new EOFException("it is cut off");
  }
}

package dev.convoy.image.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * A PNG file that has all chunks up to its last one. Source: ISO/IEC 15948, sections 5 and 11.
 *
 * @param width columns
 * @param height rows
 * @param pixelBits bits of a pixel
 * @param packed bytes that hold all pixels
 * @param orientation as EXIF numbers it
 * @param transparent the samples of those pixels that are transparent, of grey and colour alone;
 *     none where no pixel is
 * @param pixels a PNG file of those chunks alone that say something of colours, without gamma and
 *     profile
 */
public record PngFile(
    int width,
    int height,
    int pixelBits,
    long packed,
    int orientation,
    int[] transparent,
    byte[] pixels) {
  private static final int SIGNATURE = 8;
  private static final int OVERHEAD = 12;
  private static final int HEADER = 13;
  private static final int PALETTE = 3;

  /** No byte of Deflate makes more than 1,032 bytes. */
  private static final long MOST_INFLATION = 1032;

  /**
   * Looks at a file.
   *
   * @throws EOFException if it is cut off
   * @throws IOException if it is damaged otherwise
   */
  public static PngFile of(byte[] file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
    kept.write(file, 0, Math.min(SIGNATURE, file.length));
    int orientation = Exif.UPRIGHT;
    int[] transparent = {};
    int header = -1;
    long packed = 0;
    int at = SIGNATURE;
    String kind = "";
    while (!kind.equals("IEND")) {
      if (at > file.length - OVERHEAD || bytes.getInt(at) > file.length - OVERHEAD - at) {
        throw new EOFException("it is cut off");
      }
      int length = bytes.getInt(at);
      kind = new String(file, at + 4, 4, ISO_8859_1);
      if (length < 0) {
        throw new IOException("a chunk has no length");
      }
      int end = at + OVERHEAD + length;
      // Chunks that no decoder may pass over begin with a capital letter.
      boolean isTransparency = kind.equals("tRNS");
      if (Character.isUpperCase(kind.charAt(0)) || isTransparency) {
        checkSum(file, at + 4, end - 4, bytes.getInt(end - 4), kind);
        if (isTransparency && header > 0 && file[header + 9] != PALETTE) {
          transparent = samples(bytes, at + 8, length, file[header + 8]);
        } else {
          kept.write(file, at, end - at);
        }
      }
      switch (kind) {
        case "IHDR" -> header = length == HEADER ? at + 8 : header;
        case "IDAT" -> packed += length;
        case "eXIf" -> orientation = Exif.orientation(Arrays.copyOfRange(file, at + 8, end - 4));
        default -> {
          // What else there is says nothing of size.
        }
      }
      at = end;
    }
    if (header != SIGNATURE + 8) {
      throw new IOException("it does not begin with its size");
    }
    int width = bytes.getInt(header);
    int height = bytes.getInt(header + 4);
    int pixelBits = pixelBits(file, header);
    if (width < 1 || height < 1 || pixelBits < 1 || pixelBits > 64) {
      throw new IOException("its size is " + width + " by " + height);
    }
    return new PngFile(
        width, height, pixelBits, packed, orientation, transparent, kept.toByteArray());
  }

  /** Samples stand in two bytes each, of which those count that the picture's have. */
  private static int[] samples(ByteBuffer bytes, int from, int length, int bits) {
    int[] samples = new int[length / 2];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = bytes.getShort(from + 2 * i) & (1 << bits) - 1;
    }
    return samples;
  }

  private static void checkSum(byte[] file, int from, int to, int expected, String kind)
      throws IOException {
    CRC32 sum = new CRC32();
    sum.update(file, from, to - from);
    if ((int) sum.getValue() != expected) {
      throw new IOException("the check sum of chunk '" + Printable.of(kind) + "' is wrong");
    }
  }

  private static int pixelBits(byte[] file, int header) throws IOException {
    int samples =
        switch (file[header + 9]) {
          case 0, 3 -> 1;
          case 2 -> 3;
          case 4 -> 2;
          case 6 -> 4;
          default -> throw new IOException("its colours are of an unknown kind");
        };
    return samples * file[header + 8];
  }

  /**
   * Refuses a picture that claims more pixels than its bytes can hold.
   *
   * @throws IOException if it does
   */
  public void checkRoom() throws IOException {
    long rowBytes = ((long) width * pixelBits + 7) / 8;
    // Interlaced pictures have some bytes more, of which there may be too few to matter.
    if (rowBytes * height / MOST_INFLATION > packed) {
      throw new IOException(packed + " bytes can't hold " + width + " by " + height + " pixels");
    }
  }
}

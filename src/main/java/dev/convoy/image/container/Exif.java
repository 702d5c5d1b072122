package dev.convoy.image.container;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads how a camera was held out of what it left in a picture's file. Damage ends the search, as
 * if nothing stood there. Source: CIPA DC-008, tag Orientation (274).
 */
public final class Exif {
  /** The number of a picture that is seen as it is stored. */
  public static final int UPRIGHT = 1;

  private static final byte[] PREFIX = {'E', 'x', 'i', 'f', 0, 0};
  private static final int ORIENTATION_TAG = 0x112;
  private static final int SHORT_TYPE = 3;
  private static final int ENTRY_BYTES = 12;

  private Exif() {}

  /** Whether a segment of a JPEG file is EXIF. */
  static boolean begins(byte[] bytes, int at, int end) {
    return end - at >= PREFIX.length
        && Arrays.equals(bytes, at, at + PREFIX.length, PREFIX, 0, PREFIX.length);
  }

  /**
   * The number of the orientation, {@value #UPRIGHT} where there is none.
   *
   * @param exif a TIFF file; the word {@code Exif} may stand before it, as in JPEG files
   */
  public static int orientation(byte[] exif) {
    int from = begins(exif, 0, exif.length) ? PREFIX.length : 0;
    ByteBuffer tiff = ByteBuffer.wrap(exif, from, exif.length - from).slice();
    if (tiff.limit() < 8) {
      return UPRIGHT;
    }
    // The orientation stands in the first directory.
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    if (directory < 0 || directory > tiff.limit() - 2) {
      return UPRIGHT;
    }
    int entries = tiff.getShort(directory) & 0xFFFF;
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + i * ENTRY_BYTES;
      if (entry + ENTRY_BYTES > tiff.limit()) {
        break;
      } else if (tiff.getShort(entry) == ORIENTATION_TAG
          && tiff.getShort(entry + 2) == SHORT_TYPE) {
        return tiff.getShort(entry + 8);
      }
    }
    return UPRIGHT;
  }
}

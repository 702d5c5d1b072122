package dev.convoy.image;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Tells what a JPEG file says before its pixels and the JDK's reader does not tell. Damage ends the
 * search: what was not found by then counts as absent. Sources: ITU-T T.81, annex B; CIPA DC-008
 * (EXIF); Adobe Technical Note 5116.
 *
 * @param components 1 of grey, 3 of colour, 4 of CMYK and YCCK pictures; 0 if not found
 * @param adobe whether Adobe's segment is there: four components are then stored inverted
 * @param transformed whether Adobe's segment says that colours are luminance and chrominance
 * @param orientation of the camera
 */
record JpegHeader(int components, boolean adobe, boolean transformed, Orientation orientation) {
  private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};
  private static final byte[] ADOBE = "Adobe".getBytes(US_ASCII);
  private static final int ORIENTATION_TAG = 0x112;
  private static final int SHORT_TYPE = 3;
  private static final int ENTRY_BYTES = 12;

  static JpegHeader of(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    JpegHeader header = new JpegHeader(0, false, false, Orientation.UPRIGHT);
    int at = 2;
    while (at + 4 <= file.length && (file[at] & 0xFF) == 0xFF) {
      int marker = file[at + 1] & 0xFF;
      if (marker == 0xFF) {
        at++; // a fill byte
        continue;
      }
      int end = at + 2 + (bytes.getShort(at + 2) & 0xFFFF);
      // Pixels start after marker SOS.
      if (marker == 0xDA || end < at + 4 || end > file.length) {
        break;
      }
      header = header.with(marker, bytes.slice(at + 4, end - at - 4));
      at = end;
    }
    return header;
  }

  private JpegHeader with(int marker, ByteBuffer segment) {
    if (marker == 0xE1 && starts(segment, EXIF)) {
      Orientation found = orientation(segment.slice(6, segment.limit() - 6));
      return new JpegHeader(components, adobe, transformed, found);
    } else if (marker == 0xEE && starts(segment, ADOBE) && segment.limit() >= ENTRY_BYTES) {
      return new JpegHeader(components, true, segment.get(11) != 0, orientation);
    } else if (isFrame(marker) && segment.limit() >= 6) {
      return new JpegHeader(segment.get(5) & 0xFF, adobe, transformed, orientation);
    }
    return this;
  }

  /** SOF0 to SOF15, among which three markers of other things lie. */
  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static boolean starts(ByteBuffer segment, byte[] word) {
    byte[] start = new byte[Math.min(word.length, segment.limit())];
    segment.get(0, start);
    return Arrays.equals(start, word);
  }

  /** Reads the orientation in the first directory of a TIFF file, which EXIF is. */
  private static Orientation orientation(ByteBuffer tiff) {
    if (tiff.limit() < 8) {
      return Orientation.UPRIGHT;
    }
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    if (directory < 0 || directory > tiff.limit() - 2) {
      return Orientation.UPRIGHT;
    }
    int entries = tiff.getShort(directory) & 0xFFFF;
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + i * ENTRY_BYTES;
      if (entry + ENTRY_BYTES > tiff.limit()) {
        break;
      } else if (tiff.getShort(entry) == ORIENTATION_TAG
          && tiff.getShort(entry + 2) == SHORT_TYPE) {
        return Orientation.of(tiff.getShort(entry + 8));
      }
    }
    return Orientation.UPRIGHT;
  }
}

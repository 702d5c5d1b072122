package dev.convoy.image.container;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * A JPEG file that has all its segments up to the mark of its end. Sources: ITU-T T.81, annex B;
 * CIPA DC-008 (EXIF); Adobe Technical Note 5116.
 *
 * @param width columns as they are stored
 * @param height rows as they are stored
 * @param components 1 of grey, 3 of colour, 4 of CMYK and YCCK pictures
 * @param adobe whether Adobe's segment is there: four components are then stored inverted
 * @param transformed whether Adobe's segment says that colours are luminance and chrominance
 * @param orientation as EXIF numbers it
 * @param hasStrayBytes whether bytes between segments belong to none
 * @param pixels a JPEG file of those segments alone that say something of pixels
 */
public record JpegFile(
    int width,
    int height,
    int components,
    boolean adobe,
    boolean transformed,
    int orientation,
    boolean hasStrayBytes,
    byte[] pixels) {
  private static final byte[] ADOBE = "Adobe".getBytes(US_ASCII);
  private static final int ADOBE_BYTES = 12;
  private static final int START = 0xD8;
  private static final int END = 0xD9;
  private static final int SCAN = 0xDA;
  private static final int FIRST_RESTART = 0xD0;
  private static final int LAST_RESTART = 0xD7;

  /**
   * Scans of a component. Pictures that come in parts have about ten; each costs time, however few
   * bytes it has.
   */
  private static final int MOST_SCANS = 100;

  /** Says that three components are luminance and chrominance; version 1.1, without a preview. */
  private static final byte[] JFIF = {
    (byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
  };

  /**
   * Looks at a file.
   *
   * @throws EOFException if it is cut off
   * @throws IOException if it is damaged otherwise, or claims more than it can hold
   */
  public static JpegFile of(byte[] file) throws IOException {
    return new Walk(file).walk();
  }

  /** Goes through the segments of a file. */
  private static final class Walk {
    private final byte[] file;
    private final ByteArrayOutputStream kept;
    private final ByteArrayOutputStream start = new ByteArrayOutputStream();
    private int at = 2;
    private boolean hasStrayBytes;
    private boolean hasJfif;
    private boolean adobe;
    private int transform;
    private int orientation = Exif.UPRIGHT;
    private int frame = -1;

    /** How often a component is gone over, for all of them together. */
    private int scans;

    private long scanBytes;

    Walk(byte[] file) {
      this.file = file;
      this.kept = new ByteArrayOutputStream(file.length);
    }

    JpegFile walk() throws IOException {
      int marker = nextMarker();
      while (marker != END) {
        if (marker != START && (marker < FIRST_RESTART || marker > LAST_RESTART)) {
          segment(marker);
        }
        marker = nextMarker();
      }
      if (frame < 0 || scans == 0) {
        throw new IOException("it has no picture");
      }
      int components = file[frame + 5] & 0xFF;
      if (components < 1 || components > 4) {
        throw new IOException("it has " + components + " components");
      }
      checkScans(components);
      writeStart(components);
      start.writeBytes(kept.toByteArray());
      start.write(0xFF);
      start.write(END);
      return new JpegFile(
          side(frame + 3),
          side(frame + 1),
          components,
          adobe,
          transform != 0,
          orientation,
          hasStrayBytes,
          start.toByteArray());
    }

    /** Finds the next marker; bytes before it that belong to no segment are passed over. */
    private int nextMarker() throws EOFException {
      int from = at;
      while (true) {
        while (read(at) != 0xFF) {
          at++;
        }
        hasStrayBytes |= at > from;
        while (read(at) == 0xFF) {
          at++;
        }
        int marker = file[at++] & 0xFF;
        if (marker != 0) {
          return marker;
        }
        hasStrayBytes = true;
        from = at;
      }
    }

    private void segment(int marker) throws IOException {
      read(at + 1);
      int end = at + side(at);
      if (end < at + 2) {
        throw new IOException("a segment has no length");
      }
      read(end - 1);
      int from = at + 2;
      if (marker == 0xE0) {
        hasJfif |= end - from >= 5 && file[from] == 'J' && file[from + 1] == 'F';
      } else if (marker == 0xE1 && Exif.begins(file, from, end)) {
        orientation = Exif.orientation(Arrays.copyOfRange(file, from, end));
      } else if (marker == 0xEE && isAdobe(from, end)) {
        adobe = true;
        transform = file[from + 11] & 0xFF;
      }
      if (marker == SCAN) {
        scans += end > from ? file[from] & 0xFF : 0;
        end = scanEnd(end);
        scanBytes += end - from;
      } else if (isFrame(marker) && frame < 0 && end - from >= 6) {
        frame = from;
      }
      // Segments of applications, and comments, are left out.
      if (marker < 0xE0 || marker > 0xEF && marker != 0xFE) {
        kept.write(0xFF);
        kept.write(marker);
        kept.write(file, at, end - at);
      }
      at = end;
    }

    private boolean isAdobe(int from, int end) {
      return end - from >= ADOBE_BYTES
          && Arrays.equals(file, from, from + ADOBE.length, ADOBE, 0, ADOBE.length);
    }

    /** Where the coded bytes of a scan end: at the next marker that does not belong to them. */
    private int scanEnd(int from) throws EOFException {
      int position = from;
      while (true) {
        while (read(position) != 0xFF) {
          position++;
        }
        int next = read(position + 1);
        if (next != 0 && next != 0xFF && (next < FIRST_RESTART || next > LAST_RESTART)) {
          return position;
        }
        position += next == 0xFF ? 1 : 2;
      }
    }

    /** SOF0 to SOF15, among which three markers of other things lie. */
    private static boolean isFrame(int marker) {
      return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private int side(int position) {
      return (file[position] & 0xFF) << 8 | file[position + 1] & 0xFF;
    }

    private int read(int position) throws EOFException {
      if (position >= file.length) {
        throw new EOFException("it is cut off");
      }
      return file[position] & 0xFF;
    }

    /** Each block of 64 pixels takes a bit at least. */
    private void checkScans(int components) throws IOException {
      if (scans > MOST_SCANS * components) {
        throw new IOException(
            "its scans must go over each component at most "
                + MOST_SCANS
                + " times, but do it "
                + scans / components
                + " times");
      }
      long width = side(frame + 3);
      long height = side(frame + 1);
      if (width == 0 || height == 0) {
        throw new IOException("its size is " + width + " by " + height);
      }
      if (width * height / 64 > scanBytes * 8) {
        throw new IOException(
            scanBytes + " bytes can't hold " + width + " by " + height + " pixels");
      }
    }

    /**
     * Says what three components are, as libjpeg decides it, so that no reader decides otherwise;
     * four are told by Adobe's segment.
     */
    private void writeStart(int components) {
      start.write(0xFF);
      start.write(START);
      boolean isRgb = !hasJfif && (adobe ? transform == 0 : hasRgbNames());
      if (components == 4 && adobe || components == 3 && isRgb) {
        byte[] segment = Arrays.copyOf(new byte[] {(byte) 0xFF, (byte) 0xEE, 0, 14}, 16);
        System.arraycopy(ADOBE, 0, segment, 4, ADOBE.length);
        segment[10] = 100; // the version
        segment[15] = (byte) (components == 4 ? transform : 0);
        start.writeBytes(segment);
      } else if (components != 4) {
        start.writeBytes(JFIF);
      }
    }

    private boolean hasRgbNames() {
      return frame + 14 < file.length
          && file[frame + 6] == 'R'
          && file[frame + 9] == 'G'
          && file[frame + 12] == 'B';
    }
  }
}

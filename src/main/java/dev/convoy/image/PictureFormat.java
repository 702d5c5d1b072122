package dev.convoy.image;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** The formats of pictures that are read, told by their first bytes and never by a file's name. */
public enum PictureFormat {
  PNG(0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'),
  JPEG(0xFF, 0xD8),
  GIF('G', 'I', 'F', '8'),
  BMP('B', 'M'),
  /** A RIFF file, whose kind stands after its length. */
  WEBP(
      'R',
      'I',
      'F',
      'F',
      Wildcard.ANY,
      Wildcard.ANY,
      Wildcard.ANY,
      Wildcard.ANY,
      'W',
      'E',
      'B',
      'P');

  /** So many bytes tell the format. */
  public static final int START_BYTES = 12;

  /** The formats as errors name them. */
  public static final String NAMES = "PNG, JPEG, GIF, BMP or WebP";

  /** Apart, since constants of an enum come before all else in it. */
  private static final class Wildcard {
    /** Any byte. */
    static final int ANY = -1;
  }

  private final int[] magic;

  PictureFormat(int... magic) {
    this.magic = magic;
  }

  /**
   * The format of a file.
   *
   * @param start its first bytes, {@link #START_BYTES} or more where it has as many
   */
  public static Optional<PictureFormat> of(byte[] start) {
    return Arrays.stream(values()).filter(format -> format.begins(start)).findFirst();
  }

  /** Returns the name as people write it. */
  public String title() {
    return this == WEBP ? "WebP" : name();
  }

  private boolean begins(byte[] start) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= start.length || magic[i] != Wildcard.ANY && magic[i] != (start[i] & 0xFF)) {
        return false;
      }
    }
    return true;
  }

  /**
   * A reader of any format but WebP, to be disposed of. It is always the same: the JDK's own, which
   * others that a cluster has on its class path do not replace.
   */
  ImageReader reader() {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(name());
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getModule() == ImageIO.class.getModule()) {
        return reader;
      }
      reader.dispose();
    }
    throw new IllegalStateException("The JDK reads " + name());
  }
}

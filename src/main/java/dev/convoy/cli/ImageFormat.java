package dev.convoy.cli;

import dev.convoy.spark.HadoopFiles;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** What a file of images is, by its first bytes. */
enum ImageFormat {
  /** PNG or JPEG. */
  PICTURE,
  /** IDX, plain or gzip. */
  IDX;

  private static final byte[] PNG = {(byte) 0x89, 'P'};
  private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8};
  private static final byte[] PLAIN_IDX = {0, 0};
  private static final byte[] GZIP = {0x1F, (byte) 0x8B};

  static ImageFormat of(HadoopFiles files, String path) throws IOException {
    byte[] start;
    try (InputStream in = files.open(path)) {
      start = in.readNBytes(PNG.length);
    }
    if (isOne(start, PNG, JPEG)) {
      return PICTURE;
    } else if (isOne(start, PLAIN_IDX, GZIP)) {
      return IDX;
    }
    throw new WrongInputException(
        path + ": must be a PNG or JPEG picture, or an IDX file, but is none");
  }

  private static boolean isOne(byte[] start, byte[]... formats) {
    return Arrays.stream(formats).anyMatch(format -> Arrays.equals(start, format));
  }
}

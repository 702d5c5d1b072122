package dev.convoy.cli.input;

import dev.convoy.image.PictureFormat;
import dev.convoy.run.WrongInputException;
import dev.convoy.spark.file.HadoopFiles;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** What a file of images is, by its first bytes. */
public enum ImageFormat {
  /** A picture of any format that is decoded. */
  PICTURE,
  /** IDX, plain or gzip. */
  IDX;

  private static final byte[] PLAIN_IDX = {0, 0};
  private static final byte[] GZIP = {0x1F, (byte) 0x8B};

  /** Tells whether a file is of IDX, whatever else it may be. */
  public static boolean isIdx(HadoopFiles files, String path) throws IOException {
    byte[] start = start(files, path);
    return PictureFormat.of(start).isEmpty() && isOne(start, PLAIN_IDX, GZIP);
  }

  private static byte[] start(HadoopFiles files, String path) throws IOException {
    try (InputStream in = files.open(path)) {
      return in.readNBytes(PictureFormat.START_BYTES);
    }
  }

  public static ImageFormat of(HadoopFiles files, String path) throws IOException {
    byte[] start = start(files, path);
    if (PictureFormat.of(start).isPresent()) {
      return PICTURE;
    } else if (isOne(start, PLAIN_IDX, GZIP)) {
      return IDX;
    }
    throw new WrongInputException(
        path + ": must be a " + PictureFormat.NAMES + " picture, or an IDX file, but is none");
  }

  private static boolean isOne(byte[] start, byte[]... formats) {
    return Arrays.stream(formats)
        .anyMatch(
            format ->
                start.length >= format.length
                    && Arrays.equals(start, 0, format.length, format, 0, format.length));
  }
}

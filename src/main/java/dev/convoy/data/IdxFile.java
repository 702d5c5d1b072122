package dev.convoy.data;

import dev.convoy.image.DataException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * An IDX file of unsigned bytes or of float32, plain or gzip: a header of big-endian integers
 * (magic number, then the extent along each axis, the number of items first), then the items.
 * Source: LeCun, Cortes and Burges, The MNIST database of handwritten digits.
 */
final class IdxFile implements Closeable {
  /**
   * The number that starts a file of labels: one axis. The low byte is the number of axes, 8 the
   * type: unsigned bytes.
   */
  static final int LABELS = 0x801;

  /** The number that starts a file of target vectors of unsigned bytes: {@code [N, outputs]}. */
  static final int BYTE_VECTORS = 0x802;

  /** The number that starts a file of target vectors of big-endian float32, whose type is 13. */
  static final int FLOAT_VECTORS = 0xD02;

  /** The number that starts a file of grey images: {@code [N, H, W]}. */
  static final int GREY_IMAGES = 0x803;

  /** The number that starts a file of images with channels: {@code [N, C, H, W]}. */
  static final int IMAGES = 0x804;

  /** No image that a network takes is larger; a header that says so is damaged. */
  private static final int MAX_ITEM_BYTES = 1 << 26;

  private static final int BUFFER_BYTES = 1 << 16;

  private static final int FLOAT_TYPE = 0xD;

  private final String name;
  private final String what;
  private final boolean compressed;
  private final InputStream in;
  private final boolean floats;
  private final int[] dimensions;
  private final int itemBytes;

  /** Bytes of items that were read or skipped. */
  private long position;

  private IdxFile(String name, String what, InputStream stream, int... magic) throws IOException {
    this.name = name;
    this.what = what;
    BufferedInputStream buffered = new BufferedInputStream(stream, BUFFER_BYTES);
    compressed = isGzip(buffered);
    in = compressed ? new GZIPInputStream(buffered, BUFFER_BYTES) : buffered;
    int found = readMagic(magic);
    floats = found >> 8 == FLOAT_TYPE;
    dimensions = readExtents(found & 0xff);
    itemBytes = countItemBytes();
  }

  /**
   * Opens a file and reads its header.
   *
   * @param what the items are, for errors: "images" or "labels"
   * @param magic the numbers that may stand first
   */
  static IdxFile open(FileOpener opener, String path, String what, int... magic) {
    InputStream stream = null;
    IdxFile file = null;
    try {
      stream = opener.open(path);
      file = new IdxFile(path, what, stream, magic);
      return file;
    } catch (EOFException e) {
      throw refused(path, "must start with a whole IDX header, but ends within it", e);
    } catch (IOException e) {
      throw failed(path, e);
    } finally {
      if (file == null && stream != null) {
        close(path, stream);
      }
    }
  }

  /** The extent along each axis, the number of items first. */
  int[] dimensions() {
    return dimensions.clone();
  }

  /** Returns how many items there are. */
  int count() {
    return dimensions[0];
  }

  /** Whether the items are of float32, not of bytes. */
  boolean floats() {
    return floats;
  }

  /** Bytes of one item. */
  int itemBytes() {
    return itemBytes;
  }

  boolean compressed() {
    return compressed;
  }

  String name() {
    return name;
  }

  /** Reads so many items to the start of {@code target}; checks the file's end after the last. */
  void read(byte[] target, int items) {
    int wanted = items * itemBytes;
    int done = 0;
    try {
      while (done < wanted) {
        int read = in.read(target, done, wanted - done);
        if (read < 0) {
          throw new EOFException();
        }
        done += read;
        position += read;
      }
      checkEnd();
    } catch (EOFException e) {
      throw tooShort(e);
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  /** Passes over so many items. */
  void skip(int items) {
    long bytes = (long) items * itemBytes;
    try {
      in.skipNBytes(bytes);
      position += bytes;
    } catch (EOFException e) {
      throw refused(name, "must hold " + claim() + " as its header says, but ends early", e);
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  private static boolean isGzip(BufferedInputStream in) throws IOException {
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip;
  }

  private int readMagic(int... magic) throws IOException {
    long found = readUnsignedInt();
    if (Arrays.stream(magic).noneMatch(allowed -> allowed == found)) {
      throw refused(
          name,
          String.format(
              "IDX %s must start with 0x%08x, but it starts with 0x%08x", what, magic[0], found),
          null);
    }
    return (int) found;
  }

  private int[] readExtents(int rank) throws IOException {
    int[] extents = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      long extent = readUnsignedInt();
      if (extent < 1 || extent > Integer.MAX_VALUE) {
        throw refused(
            name,
            (axis == 0 ? "number of " + what : "extent of axis " + axis)
                + " must be from 1 to 2147483647, but is "
                + extent,
            null);
      }
      extents[axis] = (int) extent;
    }
    return extents;
  }

  private long readUnsignedInt() throws IOException {
    long value = 0;
    for (int i = 0; i < 4; i++) {
      int read = in.read();
      if (read < 0) {
        throw new EOFException();
      }
      value = value << 8 | read;
    }
    return value;
  }

  private int countItemBytes() {
    long bytes = floats ? Float.BYTES : 1;
    for (int axis = 1; axis < dimensions.length; axis++) {
      bytes *= dimensions[axis];
      if (bytes > MAX_ITEM_BYTES) {
        throw refused(
            name,
            (dimensions.length == 2 ? "a target vector" : "an image")
                + " must be of at most "
                + MAX_ITEM_BYTES
                + " bytes, but its header claims "
                + claim(),
            null);
      }
    }
    return (int) bytes;
  }

  private void checkEnd() throws IOException {
    if (position == (long) count() * itemBytes && in.read() >= 0) {
      throw refused(name, "must end after " + claim() + ", but goes on", null);
    }
  }

  /** Tells what the header claims, as in "60000 images of 28x28". */
  private String claim() {
    StringBuilder claim = new StringBuilder().append(count()).append(' ').append(what);
    for (int axis = 1; axis < dimensions.length; axis++) {
      claim.append(axis == 1 ? " of " : "x").append(dimensions[axis]);
    }
    return claim.toString();
  }

  private DataException tooShort(EOFException cause) {
    long whole = position / itemBytes;
    if (whole == count()) {
      return refused(name, "must be whole gzip data, but its last bytes are missing", cause);
    }
    String found = (compressed ? "its gzip data end after " : "ends after ") + whole;
    return refused(name, "must hold " + claim() + " as its header says, but " + found, cause);
  }

  private static RuntimeException failed(String name, IOException cause) {
    if (cause instanceof ZipException) {
      return refused(name, "must be whole gzip data, but is damaged: " + cause.getMessage(), cause);
    }
    return new UncheckedIOException(name + ": cannot be read: " + cause.getMessage(), cause);
  }

  private static DataException refused(String name, String why, @Nullable Throwable cause) {
    return new DataException(name + ": " + why, cause);
  }

  @Override
  public void close() {
    close(name, in);
  }

  private static void close(String name, InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      throw failed(name, e);
    }
  }
}

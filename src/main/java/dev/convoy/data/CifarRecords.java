package dev.convoy.data;

import dev.convoy.image.DataException;
import dev.convoy.image.Picture;
import dev.convoy.image.Preparation;
import dev.convoy.image.Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Records of one binary file of CIFAR, one after the other. */
public final class CifarRecords implements Iterator<RawExample> {
  private final InputStream in;
  private final String name;
  private final CifarKind kind;
  private final @Nullable ClassLabels classes;
  private final Preparation preparation;
  private final int end;
  private int next;

  /**
   * The records from number {@code from} to before {@code end}.
   *
   * @param in at the start of the file
   * @param name of the file, for errors
   * @param classes of the labels; absent if labels are not wanted
   */
  public CifarRecords(
      InputStream in,
      String name,
      CifarKind kind,
      @Nullable ClassLabels classes,
      Preparation preparation,
      int from,
      int end)
      throws IOException {
    this.in = in;
    this.name = name;
    this.kind = kind;
    this.classes = classes;
    this.preparation = preparation;
    this.end = end;
    this.next = from;
    in.skipNBytes((long) from * kind.recordBytes());
  }

  /**
   * Returns how many records a file has.
   *
   * @param bytes that the file has
   * @throws DataException unless they are whole records, and one at least
   */
  public static int count(CifarKind kind, String name, long bytes) {
    long records = bytes / kind.recordBytes();
    if (records == 0 || bytes % kind.recordBytes() != 0 || records > Integer.MAX_VALUE) {
      throw new DataException(
          name
              + ": must hold whole records of "
              + kind.recordBytes()
              + " bytes, as "
              + kind.title()
              + "'s binary files do, but has "
              + bytes
              + " bytes");
    }
    return (int) records;
  }

  @Override
  public boolean hasNext() {
    return next < end;
  }

  @Override
  public RawExample next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    byte[] bytes;
    try {
      bytes = in.readNBytes(kind.recordBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(name + ": cannot be read: " + e.getMessage(), e);
    }
    if (bytes.length < kind.recordBytes()) {
      throw new DataException(name + ": changed while it was read: it ends within record " + next);
    }
    return new Cifar(this, next++, bytes);
  }

  private record Cifar(CifarRecords file, int number, byte[] bytes) implements RawExample {
    @Override
    public String name() {
      return file.name + ", record " + number + " (counted from 0)";
    }

    @Override
    public Target target() {
      return file.classes == null
          ? Target.NONE
          : Target.ofClass(file.classes.number(bytes[file.kind.labelAt()] & 0xFF, name()));
    }

    @Override
    public byte[] pixels() {
      byte[] pixels = Arrays.copyOfRange(bytes, file.kind.labelBytes(), bytes.length);
      return file.preparation.apply(new Picture(CifarKind.SHAPE, pixels), name());
    }
  }
}

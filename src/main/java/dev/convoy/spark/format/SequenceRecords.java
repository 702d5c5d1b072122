package dev.convoy.spark.format;

import dev.convoy.data.EncodedExample;
import dev.convoy.data.RawExample;
import dev.convoy.image.DataException;
import dev.convoy.image.ImageDecoder;
import dev.convoy.image.Preparation;
import dev.convoy.image.Target;
import dev.convoy.spark.file.HadoopFiles;
import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Text;
import org.jspecify.annotations.Nullable;

/** The records of a sequence file that start in a stretch of its bytes. */
final class SequenceRecords implements Iterator<RawExample>, Closeable {
  private final String path;
  private final SequenceFile.Reader reader;
  private final long end;
  private final SequenceLabels labels;
  private final ImageDecoder decoder;
  private @Nullable RawExample ahead;
  private boolean ended;

  SequenceRecords(
      HadoopFiles files,
      String path,
      long from,
      long end,
      SequenceLabels labels,
      Preparation preparation)
      throws IOException {
    this.path = path;
    this.end = end;
    this.labels = labels;
    this.decoder = new ImageDecoder(preparation);
    this.reader = open(files, path);
    boolean ready = false;
    try {
      if (from > reader.getPosition()) {
        attempt(
            () -> {
              reader.sync(from);
              return from;
            });
      }
      ended = reader.getPosition() >= end;
      ready = true;
    } finally {
      if (!ready) {
        reader.close(); // nobody else has it yet
      }
    }
  }

  /** Refuses a file that is none, or whose keys and values are others. */
  static void checkHeader(HadoopFiles files, String path) throws IOException {
    try (SequenceFile.Reader reader = open(files, path)) {
      String key = reader.getKeyClassName();
      String value = reader.getValueClassName();
      if (!key.equals(Text.class.getName()) || !value.equals(BytesWritable.class.getName())) {
        throw new DataException(
            path
                + ": must have keys of Text and values of BytesWritable, but has "
                + key
                + " and "
                + value);
      }
    }
  }

  private static SequenceFile.Reader open(HadoopFiles files, String path) throws IOException {
    if (files.length(path) == 0) {
      throw new DataException(path + ": must be a sequence file, but is empty");
    }
    Configuration fixed = new Configuration(files.configuration());
    // Whatever a cluster has by default: records of wrong checksums are errors, not passed over.
    fixed.setBoolean("io.skip.checksum.errors", false);
    return attempt(
        path,
        () -> new SequenceFile.Reader(fixed, SequenceFile.Reader.file(files.hadoopPath(path))));
  }

  private interface Action<T> {
    T run() throws IOException;
  }

  private <T> T attempt(Action<T> action) {
    return attempt(path, action);
  }

  private static <T> T attempt(String path, Action<T> action) {
    try {
      return action.run();
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      String why = e.getMessage() == null ? "it ends too early" : e.getMessage();
      throw damaged(path, why.lines().findFirst().orElse(""), e);
    } catch (OutOfMemoryError e) {
      // Hadoop makes room for as many bytes as a record claims to have, before it reads them.
      throw damaged(path, "a record claims to have more bytes than there is memory for", e);
    }
  }

  private static DataException damaged(String path, String why, Throwable cause) {
    return new DataException(
        path + ": must be a whole sequence file, but is damaged: " + why, cause);
  }

  @Override
  public boolean hasNext() {
    if (ahead == null && !ended) {
      ahead = attempt(this::read).orElse(null);
      ended = ahead == null;
    }
    return ahead != null;
  }

  /** Reads the next record; none after the last that starts in the stretch. */
  private Optional<RawExample> read() throws IOException {
    long start = reader.getPosition();
    Text key = new Text();
    // What follows the mark after the stretch's end belongs to the next stretch.
    if (!reader.next(key) || start >= end && reader.syncSeen()) {
      return Optional.empty();
    }
    SequenceValue value = new SequenceValue(path + ", " + key);
    reader.getCurrentValue(value);
    String picture = key.toString();
    String name = path + ", " + picture.replaceAll("\\p{Cntrl}+", " ");
    return Optional.of(
        new EncodedExample(
            name,
            labels.classes() == null ? null : () -> Target.ofClass(labels.number(picture, name)),
            who -> value.bytes(),
            decoder));
  }

  @Override
  public RawExample next() {
    RawExample next = hasNext() ? ahead : null;
    if (next == null) {
      throw new NoSuchElementException();
    }
    ahead = null;
    return next;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}

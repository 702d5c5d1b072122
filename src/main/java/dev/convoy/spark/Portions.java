package dev.convoy.spark;

import dev.convoy.data.BadRecord;
import dev.convoy.data.RawExample;
import dev.convoy.image.DataException;
import dev.convoy.image.ImageBlock;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Decodes records one after the other into portions of a few MiB. What is wrong with a record, or
 * with the file from some record on, is noted and not thrown: a task that fails is tried again,
 * which helps against failing machines, but not against bad data.
 */
final class Portions implements Iterator<Portion> {
  /** Pixels that a portion holds. */
  private static final int PORTION_BYTES = 4 << 20;

  /** Records of a portion, should all be bad. */
  private static final int MAX_RECORDS = 1 << 16;

  /** Images for which there is room at first. */
  private static final int FEW = 16;

  private final Iterator<Located> records;
  private final Shape shape;
  private final int atMost;
  private final boolean inOrder;

  /** The record that starts the next portion; {@code null} if none was read ahead. */
  private Located ahead;

  private String damage;
  private boolean ended;

  /** What has been read of the portion. */
  private Located start;

  private int count;

  /**
   * Portions of these records, each a run of those of a part.
   *
   * @param records positions in a part rise
   * @param shape of all images
   */
  Portions(Iterator<Located> records, Shape shape) {
    this(records, shape, true);
  }

  /**
   * Portions of these records.
   *
   * @param inOrder whether portions must be runs; else their records may have any positions in a
   *     part
   */
  Portions(Iterator<Located> records, Shape shape, boolean inOrder) {
    this.records = records;
    this.shape = shape;
    this.inOrder = inOrder;
    this.atMost = Math.max(1, PORTION_BYTES / shape.size());
    advance();
  }

  /**
   * A record with its place.
   *
   * @param part of the data set
   * @param position in the part
   * @param example that may yet turn out bad
   */
  record Located(int part, int position, RawExample example) {}

  /** Records of one part, from this position on. */
  static Iterator<Located> located(int part, int first, Iterator<RawExample> records) {
    return new Iterator<>() {
      private int next = first;

      @Override
      public boolean hasNext() {
        return records.hasNext();
      }

      @Override
      public Located next() {
        return new Located(part, next++, records.next());
      }
    };
  }

  @Override
  public boolean hasNext() {
    return ahead != null || damage != null && !ended;
  }

  /** Reads the next record ahead. */
  private void advance() {
    try {
      ahead = damage == null && records.hasNext() ? records.next() : null;
    } catch (DataException e) {
      ahead = null;
      damage = e.getMessage();
    }
  }

  @Override
  public Portion next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    start = ahead;
    count = 0;
    int[] ids = new int[Math.min(atMost, FEW)];
    int[] labels = new int[Math.min(atMost, FEW)];
    byte[] pixels = new byte[ids.length * shape.size()];
    int good = 0;
    List<BadRecord> bad = new ArrayList<>();
    while (ahead != null && follows() && good < atMost && count < MAX_RECORDS) {
      try {
        int label = ahead.example().label();
        byte[] image = ahead.example().pixels();
        if (good == ids.length) {
          int room = Math.min(atMost, 2 * good);
          ids = Arrays.copyOf(ids, room);
          labels = Arrays.copyOf(labels, room);
          pixels = Arrays.copyOf(pixels, room * shape.size());
        }
        ids[good] = ahead.position();
        labels[good] = label;
        System.arraycopy(image, 0, pixels, good * shape.size(), shape.size());
        good++;
      } catch (DataException e) {
        bad.add(new BadRecord(ahead.position(), e.getMessage()));
      }
      count++;
      advance();
    }
    ended = ahead == null;
    ImageBlock images =
        new ImageBlock(
            shape,
            Arrays.copyOf(ids, good),
            Arrays.copyOf(labels, good),
            Arrays.copyOf(pixels, good * shape.size()));
    return new Portion(
        start == null ? 0 : start.part(),
        start == null ? 0 : start.position(),
        count,
        images,
        bad,
        ended ? damage : null);
  }

  /** Whether the record ahead continues the portion. */
  private boolean follows() {
    return ahead.part() == start.part()
        && (!inOrder || ahead.position() == start.position() + count);
  }
}

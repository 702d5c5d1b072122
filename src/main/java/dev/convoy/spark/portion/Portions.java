package dev.convoy.spark.portion;

import dev.convoy.data.BadRecord;
import dev.convoy.data.RawExample;
import dev.convoy.image.DataException;
import dev.convoy.image.Preparation;
import dev.convoy.image.Target;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes records one after the other into portions of a few MiB. What is wrong with a record, or
 * with the file from some record on, is noted and not thrown: a task that fails is tried again,
 * which helps against failing machines, but not against bad data.
 */
public final class Portions implements Iterator<Portion> {
  /** Records of a portion, should all be bad. */
  private static final int MAX_RECORDS = 1 << 16;

  private final Iterator<Located> records;
  private final Preparation preparation;
  private final boolean keepsFiles;
  private final boolean inOrder;

  /** The record that starts the next portion; absent if none was read ahead. */
  private @Nullable Located ahead;

  /** Why nothing more can be read; absent as long as all can. */
  private @Nullable String damage;

  private boolean ended;

  /**
   * Portions of these records, each a run of those of a part.
   *
   * @param records positions in a part rise
   * @param preparation of their pictures
   * @param keepsFiles whether portions hold the pictures' files in place of their pixels
   */
  public Portions(Iterator<Located> records, Preparation preparation, boolean keepsFiles) {
    this(records, preparation, keepsFiles, true);
  }

  /**
   * Portions of these records.
   *
   * @param inOrder whether portions must be runs; else their records may have any positions in a
   *     part
   */
  public Portions(
      Iterator<Located> records, Preparation preparation, boolean keepsFiles, boolean inOrder) {
    this.records = records;
    this.preparation = preparation;
    this.keepsFiles = keepsFiles;
    this.inOrder = inOrder;
    advance();
  }

  /**
   * A record with its place.
   *
   * @param part of the data set
   * @param position in the part
   * @param example that may yet turn out bad
   */
  public record Located(int part, int position, RawExample example) {}

  /** Records of one part, from this position on. */
  public static Iterator<Located> located(int part, int first, Iterator<RawExample> records) {
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
    Located start = ahead;
    int count = 0;
    PortionImages images = new PortionImages(preparation, keepsFiles);
    List<BadRecord> bad = new ArrayList<>();
    Located next = start;
    while (next != null
        && start != null
        && follows(next, start, count)
        && !images.isFull()
        && count < MAX_RECORDS) {
      try {
        Target target = next.example().target();
        images.add(next.position(), target, next.example().read());
      } catch (DataException e) {
        bad.add(new BadRecord(next.position(), e.getMessage()));
      }
      count++;
      advance();
      next = ahead;
    }
    ended = next == null;
    return new Portion(
        start == null ? 0 : start.part(),
        start == null ? 0 : start.position(),
        count,
        images,
        bad,
        ended ? damage : null);
  }

  /** Tells whether a record continues a portion of so many from its start on. */
  private boolean follows(Located next, Located start, int count) {
    return next.part() == start.part() && (!inOrder || next.position() == start.position() + count);
  }
}

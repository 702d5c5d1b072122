package dev.convoy.data;

import dev.convoy.image.DataException;
import dev.convoy.image.Target;
import org.jspecify.annotations.Nullable;

/** A labelled image as it lies in its file: whether it can be used turns out when it is asked. */
public interface RawExample {
  /** Returns what errors call it: its file, and the place in it. */
  String name();

  /**
   * Returns what is known of it: {@link Target#NONE} where no label is asked for.
   *
   * @throws DataException if that is not what it must be
   */
  Target target();

  /**
   * Its pixels as the network takes them.
   *
   * @throws DataException if they can't be read
   */
  byte[] pixels();

  /**
   * Its pixels, and the picture's file of which they are made.
   *
   * @throws DataException if they can't be read
   */
  default Reading read() {
    return new Reading(pixels(), null, null);
  }

  /**
   * Holds what was read of an example.
   *
   * @param pixels as the network takes them
   * @param file the picture's bytes; absent where pixels lie ready
   * @param fault of the file, in spite of which it was read: its name, and what is wrong; absent
   *     where there is none
   */
  record Reading(byte[] pixels, byte @Nullable [] file, @Nullable String fault) {}
}

package dev.convoy.data;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A picture of a data set that is made of files.
 *
 * @param path that leads on from the data set's folder
 * @param label its class's name; absent if it has none
 * @param isNumber whether the label is a number where it comes from, and no text
 */
public record PictureEntry(String path, @Nullable String label, boolean isNumber)
    implements Serializable {
  /** A picture whose label is a text. */
  public PictureEntry(String path, @Nullable String label) {
    this(path, label, false);
  }
}

package dev.convoy.data;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture of a data set that is made of files.
 *
 * @param path that leads on from the data set's folder
 * @param label its class's name; absent if it has none
 * @param isNumber whether the label is a number where it comes from, and no text
 * @param values what else is known of it, as {@link ColumnTargets} takes it; none where nothing is
 */
public record PictureEntry(
    String path, @Nullable String label, boolean isNumber, List<@Nullable Object> values)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** A picture that has a label alone. */
  public PictureEntry(String path, @Nullable String label, boolean isNumber) {
    this(path, label, isNumber, List.of());
  }

  /** A picture whose label is a text. */
  public PictureEntry(String path, @Nullable String label) {
    this(path, label, false);
  }
}

package dev.convoy.spark.format;

import dev.convoy.data.ClassLabels;
import dev.convoy.image.DataException;
import dev.convoy.tensor.Check;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds labels in the names of pictures.
 *
 * @param pattern whose first group is the label; absent for the folder before the last slash
 * @param classes of the labels; absent if they are not wanted
 */
record SequenceLabels(@Nullable String pattern, @Nullable ClassLabels classes) {
  /**
   * The class that a picture's name tells.
   *
   * @param who has the name, for errors
   */
  int number(String name, String who) {
    String label = pattern == null ? folder(name) : group(pattern, name);
    if (label == null) {
      throw new DataException(
          who
              + ": the name must tell the label, "
              + (pattern == null ? "as the folder before its last slash" : "by " + pattern)
              + ", but does not");
    }
    return Check.present(classes, "SequenceLabels.classes").number(label, who);
  }

  private static @Nullable String folder(String name) {
    int end = name.lastIndexOf('/');
    return end < 1 ? null : name.substring(name.lastIndexOf('/', end - 1) + 1, end);
  }

  private static @Nullable String group(String pattern, String name) {
    Matcher matcher = Pattern.compile(pattern).matcher(name);
    return matcher.find() ? matcher.group(1) : null;
  }
}

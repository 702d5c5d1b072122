package dev.convoy.config.data;

import dev.convoy.api.PublicApi;
import dev.convoy.tensor.Check;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Hadoop sequence files with keys of {@code Text}, which name pictures, and values of {@code
 * BytesWritable}, which are picture files, as for {@link Images}.
 *
 * @param path of the files, or of their folder
 * @param labelPattern a regular expression whose first group, where it is found in a name, is the
 *     label, as in {@code ^(cat|dog)_}; by default the label is the folder before the last slash of
 *     the name
 */
@PublicApi
public record Sequencefile(Paths path, @Nullable String labelPattern) implements DataSource {
  public Sequencefile {
    Check.present(path, "Sequencefile.path");
    if (labelPattern != null) {
      checkPattern(labelPattern);
    }
  }

  private static void checkPattern(String pattern) {
    String problem = null;
    try {
      if (Pattern.compile(pattern).matcher("").groupCount() < 1) {
        problem = "has none";
      }
    } catch (PatternSyntaxException e) {
      problem = "is none: " + e.getDescription();
    }
    if (problem != null) {
      throw new IllegalArgumentException(
          "Sequencefile.labelPattern must be a regular expression with a group, but '"
              + pattern
              + "' "
              + problem);
    }
  }
}

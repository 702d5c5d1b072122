package dev.convoy.train.tuning;

import dev.convoy.api.PublicApi;
import dev.convoy.nn.NamePattern;
import dev.convoy.tensor.Check;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says how tensors of a file are called in the network.
 *
 * @param from regular expression over the whole name in the file, as in {@code backbone\.(.*)}
 * @param to the name in the network, in which {@code $1} stands for what the first group matched
 */
@PublicApi
public record Rename(String from, String to) implements Serializable {
  private static final Pattern REFERENCE = Pattern.compile("\\$([0-9]?)");

  public Rename {
    int groups = NamePattern.of(Check.present(from, "Rename.from"), "Rename.from").groups();
    Check.present(to, "Rename.to");
    Matcher references = REFERENCE.matcher(to);
    while (references.find()) {
      String number = references.group(1);
      if (number.isEmpty() || Integer.parseInt(number) > groups) {
        throw new IllegalArgumentException(
            "Rename.to must name groups of '"
                + from
                + "', $0 to $"
                + groups
                + ", but was '"
                + to
                + "'");
      }
    }
    if (to.contains("\\")) {
      throw new IllegalArgumentException(
          "Rename.to must be a name, without a backslash, but was '" + to + "'");
    }
  }
}

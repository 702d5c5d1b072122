package dev.convoy.docs;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the Javadoc says of a key, without the default that the page gives beside it. */
final class Meaning {
  private static final Pattern DEFAULT =
      Pattern.compile("(?:^|; )(-?[0-9][0-9.eE+-]*|true|false) by default(?=;|$)");

  private Meaning() {}

  /**
   * The text without a clause such as {@code 0.9 by default}.
   *
   * @throws IllegalArgumentException if the code has another default
   */
  static String of(Key key, String text) {
    Matcher clause = DEFAULT.matcher(text);
    if (!clause.find()) {
      return text;
    }
    if (!equal(clause.group(1), key.standard())) {
      throw new IllegalArgumentException(
          "says of "
              + key.name()
              + " '"
              + clause.group().replace("; ", "")
              + "', but the job reader's default is "
              + key.standard());
    }
    return clause.replaceFirst("").replaceFirst("^; ", "");
  }

  private static boolean equal(String said, String made) {
    if (said.equals(made)) {
      return true;
    }
    try {
      return made != null && new BigDecimal(said).compareTo(new BigDecimal(made)) == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}

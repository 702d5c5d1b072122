package dev.convoy.spark.file;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The name that a file has until it is whole: hidden, beside its own, and such as nobody can guess,
 * so that no link lies in wait under it. A process that is killed may leave one.
 */
public final class PartName {
  private static final String END = ".part";
  private static final Pattern PATTERN = Pattern.compile("\\..*\\.[0-9a-f]{16}\\.part");

  /**
   * Names have at most 255 bytes nearly everywhere; the rest are dots, random digits and the end.
   */
  private static final int MOST_BYTES = 255 - 2 - 16 - END.length();

  private PartName() {}

  /** Returns a new one for a file of this name. */
  static String of(String name) {
    // Its first bit is one, so that there are 16 digits.
    String random = Long.toHexString(UUID.randomUUID().getLeastSignificantBits());
    return "." + beginning(name) + "." + random + END;
  }

  private static String beginning(String name) {
    String beginning = name;
    while (beginning.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      beginning = beginning.substring(0, beginning.offsetByCodePoints(beginning.length(), -1));
    }
    return beginning;
  }

  /** Tells whether this is the name of a file that is not whole. */
  public static boolean isOne(String name) {
    return PATTERN.matcher(name).matches();
  }
}

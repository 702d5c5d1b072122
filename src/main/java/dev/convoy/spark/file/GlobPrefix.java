package dev.convoy.spark.file;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parts a pattern for paths into the folders that it names, and what may be any of several. */
final class GlobPrefix {
  private static final Pattern WILD = Pattern.compile("[*?\\[{]");

  private GlobPrefix() {}

  /** Tells whether a path can be a pattern. */
  static boolean isPattern(String path) {
    return WILD.matcher(path).find();
  }

  /** Returns the folders that a pattern names, with a slash at their end. */
  static String of(String pattern) {
    Matcher wild = WILD.matcher(pattern);
    String named = wild.find() ? pattern.substring(0, wild.start()) : pattern;
    return named.substring(0, named.lastIndexOf('/') + 1);
  }

  /** Tells whether a name in a path starts with a dot or an underscore. */
  static boolean hides(String path) {
    return Arrays.stream(path.split("/")).anyMatch(n -> n.startsWith(".") || n.startsWith("_"));
  }
}

package dev.convoy.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes texts of keys and values so that most still parse, and mean something else. */
final class TextMutations {
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9]*");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
  private static final Pattern LINE = Pattern.compile("[^\\n]*\\n");
  private static final int LONG = 200_000;

  private static final String[] VALUES = {
    "0",
    "-1",
    "1",
    "2147483647",
    "-2147483648",
    "2147483648",
    "9223372036854775807",
    "1e308",
    "-1e-320",
    "1e999",
    "0.5",
    "NaN",
    "null",
    "true",
    "''",
    "\"\"",
    "[]",
    "{}",
    "[[]]",
    "65536",
    "1000000",
    "'\u001b[31m'",
    "\"a\\u0000b\"",
    "'\u202e'",
    "\u0085",
    "same",
    "auto",
    "../..",
    "*x"
  };

  private TextMutations() {}

  /** Returns a changed text, or some of its bytes changed. */
  static byte[] of(byte[] bytes, SplittableRandom random) {
    if (random.nextInt(4) == 0) {
      return ByteMutations.of(bytes, random);
    }
    String text = new String(bytes, UTF_8);
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      text = once(text, random);
    }
    return text.getBytes(UTF_8);
  }

  private static String once(String text, SplittableRandom random) {
    String value = VALUES[random.nextInt(VALUES.length)];
    return switch (random.nextInt(7)) {
      case 0, 1 -> replace(text, NUMBER, value, random);
      case 2 -> replace(text, WORD, value, random);
      case 3 -> replace(text, WORD, another(text, random), random);
      case 4 -> replace(text, LINE, "", random);
      case 5 -> {
        String line = another(LINE, text, random);
        yield replace(text, LINE, line + line, random);
      }
      default ->
          random.nextInt(8) == 0
              ? replace(text, WORD, "x".repeat(LONG), random)
              : replace(text, NUMBER, "[" + "1, ".repeat(random.nextInt(LONG) / 4) + "1]", random);
    };
  }

  private static String another(String text, SplittableRandom random) {
    return another(WORD, text, random);
  }

  private static String another(Pattern pattern, String text, SplittableRandom random) {
    MatchResult found = pick(pattern, text, random);
    return found == null ? "x" : found.group();
  }

  private static String replace(
      String text, Pattern pattern, String value, SplittableRandom random) {
    MatchResult found = pick(pattern, text, random);
    return found == null
        ? text + value
        : text.substring(0, found.start()) + value + text.substring(found.end());
  }

  private static MatchResult pick(Pattern pattern, String text, SplittableRandom random) {
    Matcher matcher = pattern.matcher(text);
    MatchResult[] all = matcher.results().toArray(MatchResult[]::new);
    return all.length == 0 ? null : all[random.nextInt(all.length)];
  }
}

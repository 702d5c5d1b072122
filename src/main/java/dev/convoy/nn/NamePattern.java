package dev.convoy.nn;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A regular expression over the whole name of a tensor, as in {@code layer4\..*}. Matching takes
 * time linear in the name whatever the expression: both may come from strangers.
 */
public final class NamePattern {
  /** No expression that a person writes is longer. */
  private static final int MAX_LENGTH = 1000;

  private final Pattern pattern;

  private NamePattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Compiles an expression.
   *
   * @param who is blamed for a bad one
   * @throws IllegalArgumentException if it is no regular expression
   */
  public static NamePattern of(String expression, String who) {
    if (expression.isBlank() || expression.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          who
              + " must be a regular expression of 1 to "
              + MAX_LENGTH
              + " characters, but has "
              + expression.length());
    }
    try {
      return new NamePattern(Pattern.compile("\\A(?:" + expression + ")\\z"));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          who
              + " must be a regular expression, but was '"
              + expression
              + "': "
              + e.getDescription(),
          e);
    }
  }

  /** Compiles a list of expressions, and returns what tells names that one of them matches. */
  public static Predicate<String> any(List<String> expressions, String who) {
    List<NamePattern> patterns = new ArrayList<>();
    for (int i = 0; i < expressions.size(); i++) {
      patterns.add(of(expressions.get(i), who + "[" + i + "]"));
    }
    return name -> patterns.stream().anyMatch(pattern -> pattern.matches(name));
  }

  /** Tells whether it matches a whole name. */
  public boolean matches(String name) {
    return pattern.matcher(name).find();
  }

  /** Returns how many groups it has. */
  public int groups() {
    return pattern.groupCount();
  }

  /**
   * Returns what a name that it matches is replaced by; nothing for any other name.
   *
   * @param replacement in which {@code $1} stands for what the first group matched
   */
  public Optional<String> replace(String name, String replacement) {
    Matcher matcher = pattern.matcher(name);
    return matcher.find() ? Optional.of(matcher.replaceFirst(replacement)) : Optional.empty();
  }
}

package dev.convoy.config.binding;

import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Names;
import dev.convoy.config.tree.Tree.Scalar;
import dev.convoy.config.tree.Tree.Scalar.Kind;
import dev.convoy.tensor.Check;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Numbers, truth values, texts and named constants. */
public final class Scalars {
  private static final Set<Kind> WHOLE = EnumSet.of(Kind.INTEGER);
  private static final Set<Kind> REAL = EnumSet.of(Kind.INTEGER, Kind.REAL);
  private static final Form INT =
      new Form("a whole number", "a whole number below 2^31", WHOLE, Integer::valueOf);
  private static final Form LONG =
      new Form("a whole number", "a whole number below 2^63", WHOLE, Long::valueOf);
  private static final Form FLOAT =
      new Form("a number", "a number that a float holds", REAL, Scalars::finiteFloat);
  private static final Form DOUBLE =
      new Form("a number", "a number that a double holds", REAL, Scalars::finiteDouble);
  private static final Form BOOLEAN =
      new Form("true or false", "", EnumSet.of(Kind.BOOLEAN), Boolean::valueOf);
  private static final Form TEXT =
      new Form("a text", "", EnumSet.complementOf(EnumSet.of(Kind.NULL)), text -> text);

  private static final Map<Class<?>, Form> FORMS =
      Map.ofEntries(
          Map.entry(int.class, INT),
          Map.entry(Integer.class, INT),
          Map.entry(long.class, LONG),
          Map.entry(Long.class, LONG),
          Map.entry(float.class, FLOAT),
          Map.entry(Float.class, FLOAT),
          Map.entry(double.class, DOUBLE),
          Map.entry(Double.class, DOUBLE),
          Map.entry(boolean.class, BOOLEAN),
          Map.entry(Boolean.class, BOOLEAN),
          Map.entry(String.class, TEXT));

  private Scalars() {}

  /**
   * Describes how a type is written.
   *
   * @param what it is, in a few words
   * @param limit the same, with the range that a number must lie in
   * @param kinds of scalars that it may be
   * @param parse makes the value; throws {@link NumberFormatException} where it misses the range
   */
  private record Form(String what, String limit, Set<Kind> kinds, Function<String, Object> parse) {}

  public static boolean has(Class<?> type) {
    return FORMS.containsKey(type) || type.isEnum();
  }

  /**
   * The value of a scalar.
   *
   * @throws ConfigException if it is of another type, or out of the type's range
   */
  static Object read(Scalar scalar, Class<?> type) {
    if (type.isEnum()) {
      String found = "was " + scalar.shown();
      return Binder.pick(Names.constants(type), scalar.text(), scalar.place(), found);
    }
    Form form = form(type);
    if (!form.kinds().contains(scalar.kind())) {
      throw refused(scalar, form.what());
    }
    try {
      return form.parse().apply(scalar.text());
    } catch (NumberFormatException e) {
      throw refused(scalar, form.limit());
    }
  }

  /** Describes a type in words, as in {@code a whole number}. */
  public static String describe(Class<?> type) {
    return type.isEnum()
        ? "one of " + String.join(", ", Names.constants(type).keySet())
        : form(type).what();
  }

  private static Form form(Class<?> type) {
    return Check.present(FORMS.get(type), "The form of " + type.getName());
  }

  private static ConfigException refused(Scalar scalar, String needed) {
    return ConfigException.at(scalar.place(), "needs " + needed + ", but was " + scalar.shown());
  }

  private static Object finiteFloat(String text) {
    float value = Float.parseFloat(text);
    if (Float.isInfinite(value)) {
      throw new NumberFormatException(text);
    }
    return value;
  }

  private static Object finiteDouble(String text) {
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw new NumberFormatException(text);
    }
    return value;
  }
}

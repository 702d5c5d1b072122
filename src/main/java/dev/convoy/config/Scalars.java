package dev.convoy.config;

import dev.convoy.config.Tree.Scalar;
import dev.convoy.config.Tree.Scalar.Kind;
import java.util.Set;

/** Numbers, truth values, texts and named constants. */
final class Scalars {
  private static final Set<Class<?>> TYPES =
      Set.of(
          int.class,
          Integer.class,
          long.class,
          Long.class,
          float.class,
          Float.class,
          double.class,
          Double.class,
          boolean.class,
          Boolean.class,
          String.class);

  private Scalars() {}

  static boolean has(Class<?> type) {
    return TYPES.contains(type) || type.isEnum();
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
    } else if (type == String.class && scalar.kind() != Kind.NULL) {
      return scalar.text();
    } else if (type == boolean.class || type == Boolean.class) {
      return truth(scalar);
    }
    Object number = number(scalar, type);
    if (number == null) {
      throw ConfigException.at(
          scalar.place(), "needs " + describe(type) + ", but was " + scalar.shown());
    }
    return number;
  }

  /** As in {@code a whole number}. */
  static String describe(Class<?> type) {
    if (type.isEnum()) {
      return "one of " + String.join(", ", Names.constants(type).keySet());
    } else if (type == String.class) {
      return "a text";
    } else if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    } else if (type == int.class || type == Integer.class) {
      return "a whole number within ±" + Integer.MAX_VALUE;
    } else if (type == long.class || type == Long.class) {
      return "a whole number within ±" + Long.MAX_VALUE;
    }
    return "a number";
  }

  private static boolean truth(Scalar scalar) {
    if (scalar.kind() != Kind.BOOLEAN) {
      throw ConfigException.at(
          scalar.place(), "needs true or false, but was " + scalar.shown());
    }
    return Boolean.parseBoolean(scalar.text());
  }

  /** The number, or {@code null} if it is none or does not fit. */
  private static Object number(Scalar scalar, Class<?> type) {
    boolean whole = scalar.kind() == Kind.INTEGER;
    try {
      if (type == int.class || type == Integer.class) {
        return whole ? Integer.valueOf(scalar.text()) : null;
      } else if (type == long.class || type == Long.class) {
        return whole ? Long.valueOf(scalar.text()) : null;
      }
    } catch (NumberFormatException e) {
      return null; // beyond the type's range
    }
    if (!whole && scalar.kind() != Kind.REAL) {
      return null;
    }
    double value = Double.parseDouble(scalar.text());
    if (type == float.class || type == Float.class) {
      float single = Float.parseFloat(scalar.text());
      return Float.isInfinite(single) ? null : (Object) single;
    }
    return Double.isInfinite(value) ? null : (Object) value;
  }
}

package dev.convoy.config.tree;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells what classes and constants are called in a job. */
public final class Names {
  private Names() {}

  /** Returns a class's name in jobs, as in {@code maxPool2d} for {@code MaxPool2d}. */
  public static String kind(Class<?> type) {
    String name = type.getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  /**
   * The records that a sealed interface permits, itself or by another one, by kind, in alphabetical
   * order.
   */
  public static Map<String, Class<?>> kinds(Class<?> sealed) {
    return records(sealed)
        .collect(Collectors.toMap(Names::kind, type -> type, (a, b) -> a, TreeMap::new));
  }

  private static Stream<Class<?>> records(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Names::records)
        : Stream.of(type);
  }

  /** Returns a constant's name in jobs, as in {@code heNormal} for {@code HE_NORMAL}. */
  public static String constant(Enum<?> value) {
    String[] words = value.name().toLowerCase(Locale.ROOT).split("_");
    StringBuilder name = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
    }
    return name.toString();
  }

  /** The constants of an enum by their names, in their order. */
  public static Map<String, Object> constants(Class<?> type) {
    Map<String, Object> constants = new LinkedHashMap<>();
    for (Object value : type.getEnumConstants()) {
      constants.put(constant((Enum<?>) value), value);
    }
    return constants;
  }

  /** The keys of a record, in its order. */
  public static List<String> keys(Class<?> record) {
    return Arrays.stream(record.getRecordComponents()).map(c -> c.getName()).toList();
  }
}

package dev.convoy.config.binding;

import dev.convoy.config.tree.Names;
import dev.convoy.config.tree.Place;
import dev.convoy.config.tree.Tagged;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.config.tree.Tree.Scalar;
import dev.convoy.config.tree.Tree.Scalar.Kind;
import dev.convoy.config.tree.Tree.Sequence;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as the trees from which {@link Binder} makes equal ones, always in the same way:
 * keys in the order of the components, every default written out, what is absent left out.
 */
public final class TreeWriter {
  TreeWriter() {}

  /** The tree of a value of any type that {@link Binder} makes. */
  public static Tree write(Object value) {
    return new TreeWriter().tree(value);
  }

  /** A text. */
  public static Scalar text(String value) {
    return new Scalar(Place.NOWHERE, Kind.TEXT, value);
  }

  /** A whole number. */
  public static Scalar integer(long value) {
    return new Scalar(Place.NOWHERE, Kind.INTEGER, Long.toString(value));
  }

  /** A mapping of these keys, in their order. */
  public static Mapping mapping(Map<String, Tree> entries) {
    return new Mapping(Place.NOWHERE, entries);
  }

  static List<Tree> integers(int... values) {
    return Arrays.stream(values).mapToObj(value -> (Tree) integer(value)).toList();
  }

  Tree tree(Object value) {
    if (value instanceof Tree tree) {
      return tree;
    } else if (value instanceof List<?> list) {
      return new Sequence(Place.NOWHERE, list.stream().map(this::tree).toList());
    } else if (value instanceof float[] floats) {
      return floats(floats);
    } else if (value instanceof Record record && Syntaxes.of(value.getClass()) == null) {
      Class<?> sealed = sealedInterface(record);
      if (sealed == null) {
        return record(record);
      }
      return Syntaxes.of(sealed) == null ? kind(record) : custom(value, sealed);
    }
    return custom(value, value.getClass());
  }

  private <T> Tree custom(Object value, Class<T> type) {
    Syntax<T> syntax = Syntaxes.of(type);
    return syntax == null ? scalar(value) : syntax.write(type.cast(value), this);
  }

  private static Scalar scalar(Object value) {
    if (value instanceof String text) {
      return text(text);
    } else if (value instanceof Enum<?> constant) {
      return text(Names.constant(constant));
    } else if (value instanceof Boolean) {
      return new Scalar(Place.NOWHERE, Kind.BOOLEAN, value.toString());
    } else if (value instanceof Integer || value instanceof Long) {
      return integer(((Number) value).longValue());
    } else if (value instanceof Float || value instanceof Double) {
      return new Scalar(Place.NOWHERE, Kind.REAL, value.toString());
    }
    throw new IllegalArgumentException("No syntax is known for " + value.getClass().getName());
  }

  private Sequence floats(float[] values) {
    List<Tree> items = new ArrayList<>();
    for (float value : values) {
      items.add(scalar(value));
    }
    return new Sequence(Place.NOWHERE, items);
  }

  private static @Nullable Class<?> sealedInterface(Record record) {
    return Arrays.stream(record.getClass().getInterfaces())
        .filter(Class::isSealed)
        .findFirst()
        .orElse(null);
  }

  /** A record of a sealed interface: its kind's name alone where it has no keys. */
  Tree kind(Object value) {
    Record record = (Record) value;
    Class<?> sealed = sealedInterface(record);
    Tagged tagged = sealed == null ? null : sealed.getAnnotation(Tagged.class);
    String kind = Names.kind(record.getClass());
    Mapping keys = record(record);
    if (tagged != null) {
      Map<String, Tree> entries = new LinkedHashMap<>();
      entries.put(tagged.value(), text(kind));
      entries.putAll(keys.entries());
      return mapping(entries);
    }
    return keys.entries().isEmpty() ? text(kind) : mapping(Map.of(kind, keys));
  }

  Mapping record(Record record) {
    Map<String, Tree> entries = new LinkedHashMap<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = valueOf(component, record);
      if (value != null) {
        entries.put(component.getName(), tree(value));
      }
    }
    return mapping(entries);
  }

  private static @Nullable Object valueOf(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot read " + component, e);
    }
  }
}

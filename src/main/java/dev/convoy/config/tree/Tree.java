package dev.convoy.config.tree;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds what a YAML or JSON text says: mappings, sequences and scalars, each with its place. */
public sealed interface Tree {
  /** Returns where it stands; a mapping's value stands in the line of its key. */
  Place place();

  /** Returns how an error shows it, in a few words. */
  String shown();

  /** Whether it is an explicit null. */
  default boolean isNull() {
    return this instanceof Scalar scalar && scalar.kind() == Scalar.Kind.NULL;
  }

  /**
   * Values by key, in the order of writing.
   *
   * @param place where it stands
   * @param entries none of them absent; an explicit null is a scalar
   */
  record Mapping(Place place, Map<String, Tree> entries) implements Tree {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** The value of a key; absent, too, if it is an explicit null. */
    public @Nullable Tree get(String key) {
      Tree value = entries.get(key);
      return value == null || value.isNull() ? null : value;
    }

    /** The same, with this value of this key. */
    public Mapping with(String key, Tree value) {
      Map<String, Tree> changed = new LinkedHashMap<>(entries);
      changed.put(key, value);
      return new Mapping(place, changed);
    }

    /** The same without this key. */
    public Mapping without(String key) {
      Map<String, Tree> changed = new LinkedHashMap<>(entries);
      changed.remove(key);
      return new Mapping(place, changed);
    }

    @Override
    public String shown() {
      return "a mapping";
    }
  }

  /**
   * Values one after the other.
   *
   * @param place where it stands
   * @param items the values, in order
   */
  record Sequence(Place place, List<Tree> items) implements Tree {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String shown() {
      return "a list of " + items.size();
    }
  }

  /**
   * A single value.
   *
   * @param place where it stands
   * @param kind what the text stands for
   * @param text as it was written, without quotes
   */
  record Scalar(Place place, Kind kind, String text) implements Tree {
    /** Says what a scalar's text stands for. */
    public enum Kind {
      NULL,
      BOOLEAN,
      INTEGER,
      REAL,
      TEXT
    }

    /** Longer texts are cut in errors, which are one line. */
    private static final int SHOWN = 60;

    @Override
    public String shown() {
      String line = text.replaceAll("\\p{Cntrl}+", " ");
      String part = line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
      return kind == Kind.TEXT ? "'" + part + "'" : part;
    }
  }
}

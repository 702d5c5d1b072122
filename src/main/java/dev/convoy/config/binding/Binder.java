package dev.convoy.config.binding;

import dev.convoy.config.tree.ConfigException;
import dev.convoy.config.tree.Names;
import dev.convoy.config.tree.Place;
import dev.convoy.config.tree.Tagged;
import dev.convoy.config.tree.Tree;
import dev.convoy.config.tree.Tree.Mapping;
import dev.convoy.config.tree.Tree.Scalar;
import dev.convoy.config.tree.Tree.Sequence;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes records from trees by their components.
 *
 * <p>A key that is absent arrives in the record's constructor as null, or as 0 or false where the
 * component is a primitive float, double or boolean; the constructor gives the default or refuses.
 * A primitive int or long that is absent is refused here. What a constructor refuses is reported at
 * the line of the key that it names.
 */
public final class Binder {
  /** Characters of a list of names after which there is still room for what is wrong. */
  private static final int SHORT_LIST = 300;

  Binder() {}

  /**
   * The value of this type that a tree stands for.
   *
   * @throws ConfigException if it stands for none
   */
  public static <T> T bind(Tree tree, Class<T> type) {
    return type.cast(new Binder().value(tree, type));
  }

  Object value(Tree tree, Type type) {
    if (type instanceof ParameterizedType list) {
      return list(tree, list.getActualTypeArguments()[0]);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == Tree.class) {
      return tree;
    }
    Syntax<?> syntax = Syntaxes.of(plain);
    if (syntax != null) {
      return syntax.read(tree, this);
    } else if (Scalars.has(plain)) {
      return Scalars.read(scalar(tree, plain), plain);
    } else if (plain == float[].class) {
      return floats(tree);
    } else if (plain.isSealed()) {
      return kind(tree, plain);
    } else if (plain.isRecord()) {
      return record(mapping(tree, plain), plain);
    }
    throw new IllegalArgumentException("No syntax is known for " + plain.getName());
  }

  private static Scalar scalar(Tree tree, Class<?> type) {
    if (tree instanceof Scalar scalar) {
      return scalar;
    }
    throw ConfigException.at(
        tree.place(), "needs " + Scalars.describe(type) + ", but was " + tree.shown());
  }

  static Sequence sequence(Tree tree, String what) {
    if (tree instanceof Sequence sequence) {
      return sequence;
    }
    throw ConfigException.at(tree.place(), "needs a list " + what + ", but was " + tree.shown());
  }

  static Mapping mapping(Tree tree, Class<?> type) {
    if (tree instanceof Mapping mapping) {
      return mapping;
    }
    throw ConfigException.at(
        tree.place(),
        "needs keys (" + String.join(", ", Names.keys(type)) + "), but was " + tree.shown());
  }

  private List<Object> list(Tree tree, Type itemType) {
    List<Object> items = new ArrayList<>();
    for (Tree item : sequence(tree, "such as [a, b]").items()) {
      items.add(value(item, itemType));
    }
    return items;
  }

  private float[] floats(Tree tree) {
    List<Tree> items = sequence(tree, "of numbers").items();
    float[] values = new float[items.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) value(items.get(i), float.class);
    }
    return values;
  }

  /** One record of a sealed interface: its kind's name alone, or as the one key of a mapping. */
  Object kind(Tree tree, Class<?> sealed) {
    Map<String, Class<?>> kinds = Names.kinds(sealed);
    Tagged tagged = sealed.getAnnotation(Tagged.class);
    if (tagged != null) {
      return tagged(tree, tagged.value(), kinds);
    } else if (tree instanceof Scalar scalar) {
      Class<?> type = pick(kinds, scalar.text(), tree.place(), "was " + tree.shown());
      Place inside = tree.place().key(scalar.text(), tree.place().line());
      return record(new Mapping(inside, Map.of()), type);
    } else if (tree instanceof Mapping mapping && mapping.entries().size() == 1) {
      Map.Entry<String, Tree> only = mapping.entries().entrySet().iterator().next();
      Tree keys = only.getValue();
      Class<?> type = pick(kinds, only.getKey(), keys.place(), null);
      Mapping present = keys.isNull() ? new Mapping(keys.place(), Map.of()) : mapping(keys, type);
      return record(present, type);
    }
    String found =
        tree instanceof Mapping mapping
            ? "has the keys " + String.join(", ", mapping.entries().keySet())
            : "was " + tree.shown();
    throw ConfigException.at(tree.place(), needsOneOf(kinds.keySet(), found));
  }

  private Object tagged(Tree tree, String key, Map<String, Class<?>> kinds) {
    if (!(tree instanceof Mapping mapping)) {
      throw ConfigException.at(
          tree.place(), "needs keys, the first of them " + key + ", but was " + tree.shown());
    }
    if (!(mapping.get(key) instanceof Scalar name)) {
      throw ConfigException.at(
          tree.place(), "needs " + key + ", one of " + String.join(", ", kinds.keySet()));
    }
    Class<?> type = pick(kinds, name.text(), name.place(), "was " + name.shown());
    return record(mapping.without(key), type);
  }

  /** The value of a name; {@code found} is absent where the place itself ends in the name. */
  static <T> T pick(Map<String, T> allowed, String name, Place place, @Nullable String found) {
    T value = allowed.get(name);
    if (value != null) {
      return value;
    } else if (found == null) {
      throw unknown(place, name, allowed.keySet());
    }
    String suggestion = ForeignNames.suggestion(name, allowed.keySet());
    throw ConfigException.at(place, needsOneOf(allowed.keySet(), found + suggestion));
  }

  /** Says what was found before the names where these are many: a long line loses its end. */
  private static String needsOneOf(Collection<String> names, String found) {
    String list = String.join(", ", names);
    return list.length() <= SHORT_LIST
        ? "needs one of " + list + ", but " + found
        : "needs one of " + names.size() + " names, but " + found + " (allowed: " + list + ")";
  }

  private static ConfigException unknown(Place place, String name, Collection<String> allowed) {
    String keys = allowed.isEmpty() ? "no keys here" : String.join(", ", allowed);
    return ConfigException.at(
        place, "is unknown" + ForeignNames.suggestion(name, allowed) + " (allowed: " + keys + ")");
  }

  /** Refuses keys that are not among the allowed ones. */
  static void checkKeys(Mapping mapping, Collection<String> allowed) {
    mapping
        .entries()
        .forEach(
            (key, value) -> {
              if (!allowed.contains(key)) {
                throw unknown(value.place(), key, allowed);
              }
            });
  }

  Object record(Mapping mapping, Class<?> type) {
    checkKeys(mapping, Names.keys(type));
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < values.length; i++) {
      Tree tree = mapping.get(components[i].getName());
      values[i] =
          tree == null
              ? absent(mapping, components[i])
              : value(tree, components[i].getGenericType());
    }
    return construct(mapping, type, values);
  }

  private static @Nullable Object absent(Mapping mapping, RecordComponent component) {
    Class<?> type = component.getType();
    if (type == int.class || type == long.class) {
      throw missing(mapping, component.getName());
    } else if (type == float.class) {
      return 0f;
    } else if (type == double.class) {
      return 0.0;
    }
    return type == boolean.class ? false : null;
  }

  /** The error for a key that must be there. */
  static ConfigException missing(Mapping mapping, String key) {
    Place place = mapping.place();
    return ConfigException.at(place.key(key, place.line()), "is required, but was absent");
  }

  private static Object construct(Mapping mapping, Class<?> type, @Nullable Object[] values) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refusal) {
        throw refused(mapping, type, refusal);
      }
      throw new IllegalStateException("Cannot make a " + type.getSimpleName(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot make a " + type.getSimpleName(), e);
    }
  }

  /**
   * Constructors name components as in {@code Conv2d.filters must be ...}: the user gets the key's
   * path in place of that, and its line.
   */
  private static ConfigException refused(Mapping mapping, Class<?> type, RuntimeException e) {
    String owner = type.getSimpleName() + ".";
    String message = String.valueOf(e.getMessage());
    if (!message.startsWith(owner)) {
      return new ConfigException(prefix(mapping.place()) + message, e);
    }
    String[] subject = message.substring(owner.length()).split(" ", 2);
    Tree tree = mapping;
    Place place = mapping.place();
    for (String key : subject[0].split("\\.")) {
      tree = tree instanceof Mapping parent ? parent.get(key) : null;
      place = tree == null ? place.key(key, place.line()) : tree.place();
    }
    return new ConfigException(place + ": " + place.path() + " " + subject[1], e);
  }

  /** Writes the start of an error's line, as in {@code conf/x.yaml:12: network.layers[2]: }. */
  static String prefix(Place place) {
    return place.path().isEmpty() ? place + ": " : place + ": " + place.path() + ": ";
  }
}

package dev.convoy.docs;

import dev.convoy.config.ConfigException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds out how the job reader treats each key of a record, by what it refuses and makes. */
final class Keys {
  private final Examples examples;

  Keys(Examples examples) {
    this.examples = examples;
  }

  /** The keys of a record, in its order. */
  List<Key> of(Form form) {
    Map<String, String> fewest = examples.fewest(form, 0);
    Map<String, String> made = Form.written(form.bind(fewest));
    Map<String, String> others = Form.written(form.bind(examples.fewest(form, 1)));
    List<Key> keys = new ArrayList<>();
    for (RecordComponent component : form.record().getRecordComponents()) {
      String name = component.getName();
      boolean given = fewest.containsKey(name);
      String rule = given ? null : rule(name, made, others, fewest);
      boolean fixed = !given && rule == null;
      keys.add(
          new Key(
              name,
              component.getGenericType(),
              given && isRequired(form, fewest, name),
              fixed ? made.get(name) : null,
              rule));
    }
    return keys;
  }

  private static boolean isRequired(Form form, Map<String, String> fewest, String name) {
    Map<String, String> without = new LinkedHashMap<>(fewest);
    without.remove(name);
    try {
      form.bind(without);
      return false;
    } catch (ConfigException e) {
      return true;
    }
  }

  /** How a key without a value of its own moves with others, or {@code null} if it does not. */
  private static String rule(
      String name, Map<String, String> a, Map<String, String> b, Map<String, String> given) {
    String value = a.get(name);
    if (value == null || value.equals(b.get(name))) {
      return null;
    }
    return a.keySet().stream()
        .filter(other -> !other.equals(name))
        .filter(other -> value.equals(a.get(other)) && b.get(name).equals(b.get(other)))
        .findFirst()
        .map(other -> "as `" + other + "`")
        .orElse("follows from `" + String.join("`, `", given.keySet()) + "`");
  }
}

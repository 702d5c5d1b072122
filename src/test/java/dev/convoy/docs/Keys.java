package dev.convoy.docs;

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
    Map<String, String> alternatives = alternatives(form, fewest);
    List<Key> keys = new ArrayList<>();
    for (RecordComponent component : form.record().getRecordComponents()) {
      String name = component.getName();
      boolean given = fewest.containsKey(name);
      String rule = alternatives.get(name);
      if (rule == null && !given) {
        rule = rule(name, made, others, fewest);
      }
      boolean fixed = !given && rule == null;
      keys.add(
          new Key(
              name,
              component.getGenericType(),
              given && rule == null,
              fixed ? made.get(name) : null,
              rule));
    }
    return keys;
  }

  /** The keys of which one must be there, each with how that is said. */
  private Map<String, String> alternatives(Form form, Map<String, String> fewest) {
    Map<String, String> alternatives = new LinkedHashMap<>();
    for (String given : fewest.keySet()) {
      List<String> names = new ArrayList<>(List.of(given));
      for (RecordComponent component : form.record().getRecordComponents()) {
        String other = component.getName();
        if (!fewest.containsKey(other) && standsFor(form, fewest, given, other)) {
          names.add(other);
        }
      }
      if (names.size() > 1) {
        String rule = "one of `" + String.join("`, `", names) + "` is required";
        names.forEach(name -> alternatives.put(name, rule));
      }
    }
    return alternatives;
  }

  /** Whether the job reader takes a record with one key in place of another. */
  private boolean standsFor(Form form, Map<String, String> fewest, String given, String other) {
    Map<String, String> changed = new LinkedHashMap<>(fewest);
    changed.remove(given);
    changed.put(other, examples.candidates(form, other).get(0));
    return Examples.refusal(form, changed) == null;
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

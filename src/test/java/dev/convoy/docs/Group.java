package dev.convoy.docs;

import dev.convoy.config.Job;
import dev.convoy.config.JobSyntax;
import dev.convoy.nn.layer.Layer;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The kinds among which a job chooses at some of its keys.
 *
 * @param type their sealed interface
 * @param places the keys, as in {@code training.loss}
 * @param lists those of the keys that take a list of kinds
 * @param forms how each kind is written, by name; none where the group has a syntax of its own
 */
record Group(Class<?> type, List<String> places, List<String> lists, List<Form> forms) {
  /** Layers stand in a list: a network is no plain record, so the walk does not come to them. */
  private static final String LAYERS = "network.layers";

  /** Layers, and then all that a job's records ask for, in their order. */
  static List<Group> all() {
    Map<Class<?>, Group> groups = new LinkedHashMap<>();
    walk(Layer.class, LAYERS, groups);
    walk(Job.class, "", groups);
    return List.copyOf(groups.values());
  }

  private static void walk(Type type, String place, Map<Class<?>, Group> groups) {
    if (type instanceof ParameterizedType list) {
      Type item = list.getActualTypeArguments()[0];
      walk(item, place, groups);
      if (groups.containsKey(item)) {
        groups.get(item).lists().add(place);
      }
      return;
    }
    Class<?> plain = (Class<?>) type;
    if (isGroup(plain)) {
      boolean isNew = !groups.containsKey(plain);
      groups.computeIfAbsent(plain, Group::of).places().add(place);
      if (isNew && JobSyntax.syntax(plain) == null) {
        JobSyntax.kinds(plain)
            .forEach((name, kind) -> components(kind, place + "." + name, groups));
      }
    } else if (plain.isRecord() && JobSyntax.syntax(plain) == null) {
      components(plain, place, groups);
    }
  }

  /** Whether a job names kinds of this type: enums with bodies are sealed as well. */
  static boolean isGroup(Class<?> type) {
    return type.isSealed() && !type.isEnum();
  }

  private static void components(Class<?> record, String place, Map<Class<?>, Group> groups) {
    for (RecordComponent component : record.getRecordComponents()) {
      String name = component.getName();
      walk(component.getGenericType(), place.isEmpty() ? name : place + "." + name, groups);
    }
  }

  private static Group of(Class<?> sealed) {
    List<Form> forms = new ArrayList<>();
    if (JobSyntax.syntax(sealed) == null) {
      JobSyntax.kinds(sealed).forEach((name, kind) -> forms.add(new Form(kind, sealed, name)));
    }
    return new Group(sealed, new ArrayList<>(), new ArrayList<>(), forms);
  }

  /** Whether these are the kinds of layers. */
  boolean isLayers() {
    return places.contains(LAYERS);
  }

  /** The keys, in Markdown. */
  String shownPlaces() {
    return places.stream().map(Page::code).collect(Collectors.joining(", "));
  }

  /** As in {@code Data sources}. */
  String title() {
    String[] words = type.getSimpleName().split("(?=[A-Z])");
    String name = String.join(" ", words).toLowerCase(Locale.ROOT);
    String plural =
        name.endsWith("s")
            ? name + "es"
            : name.endsWith("y") ? name.replaceFirst("y$", "ies") : name + "s";
    return Character.toUpperCase(plural.charAt(0)) + plural.substring(1);
  }

  /** How a job shows a line of one of the kinds. */
  String shown(String line) {
    String place = places.get(0);
    String bare =
        line.startsWith("{") && JobSyntax.tag(type) == null
            ? line.substring(1, line.length() - 1)
            : line;
    String key = place.substring(place.lastIndexOf('.') + 1) + ": ";
    if (place.equals(LAYERS)) {
      return "- " + bare;
    }
    return key + (lists.contains(place) ? "[" + line + "]" : line);
  }
}

package dev.convoy.docs;

import dev.convoy.config.JobSyntax;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Says how the values of keys are written, and remembers which types need a section for that. */
final class ValueTypes {
  private final List<Group> groups;
  private final Set<Class<?>> explained =
      new TreeSet<>(Comparator.comparing((Class<?> type) -> type.getSimpleName()));

  ValueTypes(List<Group> groups) {
    this.groups = groups;
  }

  /** The types that were named and are no plain numbers, truth values or texts. */
  List<Class<?>> explained() {
    return List.copyOf(explained);
  }

  /** As in {@code whole number}, with a link where there is more to say. */
  String describe(Type type) {
    if (type instanceof ParameterizedType list) {
      return "list, each a " + describe(list.getActualTypeArguments()[0]);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == float[].class) {
      return "list of numbers";
    } else if (plain.isEnum()) {
      explained.add(plain);
      return "["
          + name(plain)
          + "](#"
          + Anchors.of(name(plain))
          + "): "
          + "`"
          + String.join("`, `", JobSyntax.constants(plain).keySet())
          + "`";
    } else if (Group.isGroup(plain)) {
      Group group = groups.stream().filter(g -> g.type() == plain).findFirst().orElseThrow();
      return "[one](#"
          + Anchors.of(group.title())
          + ") of the "
          + group.title().toLowerCase(Locale.ROOT);
    } else if (JobSyntax.syntax(plain) != null || plain.isRecord()) {
      explained.add(plain);
      return Page.link(name(plain));
    }
    return JobSyntax.scalar(plain).replaceFirst("^a ", "");
  }

  /** As in {@code initializer}. */
  static String name(Class<?> type) {
    return JobSyntax.kind(type);
  }
}

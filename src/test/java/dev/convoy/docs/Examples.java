package dev.convoy.docs;

import dev.convoy.config.ConfigException;
import dev.convoy.config.JobSyntax;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Finds keys that the job reader takes for a record, by trying. */
final class Examples {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern REFUSAL = Pattern.compile("job:1: example(?:\\.(\\S+))? .*");
  private static final List<String> WHOLE_NUMBERS = List.of("8", "4", "2", "1");
  private static final List<String> NUMBERS = List.of("0.1", "0.2", "0.5", "1", "2");

  private final Javadocs docs;

  Examples(Javadocs docs) {
    this.docs = docs;
  }

  /**
   * As few keys as the job reader takes, in the order of the components.
   *
   * @param variant another number tries other values first
   */
  Map<String, String> fewest(Form form, int variant) {
    Map<String, Integer> tries = new LinkedHashMap<>();
    while (true) {
      Map<String, String> keys = keys(form, tries, variant);
      try {
        form.bind(keys);
        return keys;
      } catch (ConfigException e) {
        String key = refusedKey(form, e);
        if (tries.merge(key, 0, (tried, none) -> tried + 1)
            == candidates(component(form, key)).size()) {
          throw new IllegalStateException("No example of " + form.record().getSimpleName(), e);
        }
      }
    }
  }

  private Map<String, String> keys(Form form, Map<String, Integer> tries, int variant) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (RecordComponent component : form.record().getRecordComponents()) {
      Integer tried = tries.get(component.getName());
      if (tried != null) {
        List<String> candidates = candidates(component);
        keys.put(component.getName(), candidates.get((tried + variant) % candidates.size()));
      }
    }
    return keys;
  }

  /** The component that a refusal names. */
  private static String refusedKey(Form form, ConfigException e) {
    Matcher refusal = REFUSAL.matcher(e.getMessage());
    if (refusal.matches() && refusal.group(1) != null) {
      List<String> path = List.of(refusal.group(1).split("[.\\[]"));
      boolean inKind = path.size() > 1 && path.get(0).equals(form.kind());
      return path.get(inKind ? 1 : 0);
    }
    throw new IllegalStateException("No example of " + form.record().getSimpleName(), e);
  }

  private static RecordComponent component(Form form, String key) {
    return Arrays.stream(form.record().getRecordComponents())
        .filter(component -> component.getName().equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(form.record() + " has no " + key));
  }

  private List<String> candidates(RecordComponent component) {
    if (component.getType() == String.class) {
      return List.of("my-" + component.getName(), "other-" + component.getName());
    }
    return candidates(component.getGenericType());
  }

  private List<String> candidates(Type type) {
    if (type instanceof ParameterizedType list) {
      return pairs(candidates(list.getActualTypeArguments()[0]));
    }
    Class<?> plain = (Class<?>) type;
    Class<?> syntax = JobSyntax.syntax(plain);
    if (syntax != null) {
      return written(plain, docs.of(syntax));
    } else if (plain == float[].class) {
      return pairs(NUMBERS);
    } else if (Group.isGroup(plain)) {
      return fewest(plain);
    } else if (plain.isRecord()) {
      Form form = Form.of(plain);
      return IntStream.range(0, 2).mapToObj(i -> form.line(fewest(form, i))).toList();
    } else if (plain.isEnum()) {
      return List.copyOf(JobSyntax.constants(plain).keySet());
    }
    return switch (JobSyntax.scalar(plain)) {
      case "a whole number" -> WHOLE_NUMBERS;
      case "a number" -> NUMBERS;
      case "true or false" -> List.of("true", "false");
      case "a text" -> List.of("a", "b", "c");
      default -> throw new IllegalStateException("No example of " + plain.getName());
    };
  }

  private List<String> fewest(Class<?> sealed) {
    return JobSyntax.kinds(sealed).entrySet().stream()
        .map(kind -> new Form(kind.getValue(), sealed, kind.getKey()))
        .map(form -> form.line(fewest(form, 0)))
        .toList();
  }

  private static List<String> pairs(Collection<String> items) {
    List<String> all = List.copyOf(items);
    return IntStream.range(0, all.size() - 1)
        .mapToObj(i -> "[" + all.get(i) + ", " + all.get(i + 1) + "]")
        .toList();
  }

  /** What a syntax's Javadoc gives as examples, as far as the job reader takes it. */
  private static List<String> written(Class<?> type, Javadoc syntax) {
    List<String> found =
        CODE.matcher(syntax.sentence())
            .results()
            .map(code -> code.group(1))
            .filter(code -> isRead(code, type))
            .toList();
    if (found.isEmpty()) {
      throw new IllegalStateException(
          "The Javadoc of the syntax of " + type.getSimpleName() + " has no example");
    }
    return found;
  }

  private static boolean isRead(String code, Class<?> type) {
    try {
      Form.read(code, type);
      return true;
    } catch (ConfigException e) {
      return false;
    }
  }
}

package dev.convoy.docs;

import dev.convoy.config.JobSyntax;
import dev.convoy.config.tree.ConfigException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Finds keys that the job reader takes for a record, by trying. */
final class Examples {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern REFUSAL = Pattern.compile("job:1: example(?:\\.(\\S+?))?:? .*");
  private static final List<String> WHOLE_NUMBERS = List.of("8", "16", "4", "2", "1");
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
      String refusal = refusal(form, keys);
      if (refusal == null) {
        return keys;
      }
      String key = refusedKey(form, refusal);
      if (key == null) {
        key = helpfulKey(form, keys, refusal);
      }
      if (tries.merge(key, 0, (tried, none) -> tried + 1) == candidates(form, key).size()) {
        throw none(form, refusal);
      }
    }
  }

  /** What the job reader says against these keys; {@code null} if nothing. */
  static String refusal(Form form, Map<String, String> keys) {
    try {
      form.bind(keys);
      return null;
    } catch (ConfigException e) {
      return e.getMessage();
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

  /** The component that a refusal names; {@code null} if it names none. */
  private static String refusedKey(Form form, String message) {
    Matcher refusal = REFUSAL.matcher(message);
    if (!refusal.matches()) {
      throw none(form, message);
    }
    String path = refusal.group(1) == null ? "" : refusal.group(1);
    boolean inKind = form.kind() != null && JobSyntax.tag(form.read()) == null;
    String[] words =
        path.substring(inKind ? Math.min(form.kind().length(), path.length()) : 0).split("[.\\[]");
    return Arrays.stream(words).filter(word -> !word.isEmpty()).findFirst().orElse(null);
  }

  /**
   * The first component that changes what the job reader says, as of two that exclude each other.
   */
  private String helpfulKey(Form form, Map<String, String> keys, String refusal) {
    for (RecordComponent component : form.record().getRecordComponents()) {
      Map<String, String> more = new LinkedHashMap<>(keys);
      boolean isNew = more.putIfAbsent(component.getName(), candidates(component).get(0)) == null;
      if (isNew && !refusal.equals(refusal(form, more))) {
        return component.getName();
      }
    }
    throw none(form, refusal);
  }

  private static IllegalStateException none(Form form, String refusal) {
    return new IllegalStateException(
        "No example of " + form.record().getSimpleName() + " is found: " + refusal);
  }

  /** Values to try for a component, as YAML. */
  List<String> candidates(Form form, String key) {
    return Arrays.stream(form.record().getRecordComponents())
        .filter(component -> component.getName().equals(key))
        .findFirst()
        .map(this::candidates)
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
    if (JobSyntax.syntax(plain) != null) {
      return ofSyntax(plain);
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
    return switch (String.valueOf(JobSyntax.scalar(plain))) {
      case "a whole number" -> WHOLE_NUMBERS;
      case "a number" -> NUMBERS;
      case "true or false" -> List.of("true", "false");
      case "a text" -> List.of("a", "b", "c");
      default -> throw new IllegalStateException("No example of " + plain.getName());
    };
  }

  private List<String> fewest(Class<?> sealed) {
    return JobSyntax.kinds(sealed).entrySet().stream()
        .filter(kind -> !holds(kind.getValue(), sealed))
        .map(kind -> new Form(kind.getValue(), sealed, kind.getKey()))
        .map(form -> form.line(fewest(form, 0)))
        .toList();
  }

  /** Whether an example of a kind might need one of its own group. */
  private static boolean holds(Class<?> kind, Class<?> sealed) {
    return Arrays.stream(kind.getRecordComponents())
        .anyMatch(c -> c.getGenericType().getTypeName().contains(sealed.getName()));
  }

  /** Lists of two, rising ones first. */
  private static List<String> pairs(List<String> items) {
    List<String> rising = new ArrayList<>();
    List<String> falling = new ArrayList<>();
    for (int i = 0; i + 1 < items.size(); i++) {
      rising.add("[" + items.get(i) + ", " + items.get(i + 1) + "]");
      falling.add("[" + items.get(i + 1) + ", " + items.get(i) + "]");
    }
    rising.addAll(falling);
    return rising;
  }

  /** What a syntax's Javadoc gives as examples, as far as the job reader takes it. */
  List<String> ofSyntax(Class<?> type) {
    String sentence = docs.of(JobSyntax.syntax(type)).sentence();
    List<String> found =
        CODE.matcher(sentence)
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

package dev.convoy.docs;

import dev.convoy.config.JobSyntax;
import dev.convoy.config.binding.Binder;
import dev.convoy.config.binding.TreeWriter;
import dev.convoy.config.tree.TreeReader;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a job writes a record.
 *
 * @param record its class
 * @param read what the job reader is asked for: the record itself, or its sealed interface
 * @param kind its name where it is one of several kinds, else {@code null}
 */
record Form(Class<?> record, Class<?> read, String kind) {
  /** Of a record that stands for itself. */
  static Form of(Class<?> record) {
    return new Form(record, record, null);
  }

  /** The line with these keys, whose values are YAML. */
  String line(Map<String, String> keys) {
    String tag = JobSyntax.tag(read);
    if (kind == null) {
      return mapping(keys);
    } else if (tag != null) {
      Map<String, String> tagged = new LinkedHashMap<>();
      tagged.put(tag, kind);
      tagged.putAll(keys);
      return mapping(tagged);
    }
    return keys.isEmpty() ? kind : "{" + kind + ": " + mapping(keys) + "}";
  }

  private static String mapping(Map<String, String> keys) {
    return keys.entrySet().stream()
        .map(key -> key.getKey() + ": " + key.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /**
   * The record that the job reader makes of these keys.
   *
   * @throws dev.convoy.config.tree.ConfigException if it refuses them
   */
  Record bind(Map<String, String> keys) {
    return (Record) read(line(keys), read);
  }

  /** The value of this type that the job reader makes of one line of YAML. */
  static <T> T read(String line, Class<T> type) {
    return Binder.bind(TreeReader.read("example: " + line, "job").entries().get("example"), type);
  }

  /** The components of a record that have a value, as the job writer writes them. */
  static Map<String, String> written(Record record) {
    Map<String, String> written = new LinkedHashMap<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = valueOf(component, record);
      if (value != null) {
        written.put(component.getName(), JobSyntax.line(TreeWriter.write(value)));
      }
    }
    return written;
  }

  private static Object valueOf(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot read " + component, e);
    }
  }
}

package dev.convoy.config.data;

import dev.convoy.api.PublicApi;
import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Options of what reads a table, as in {@code {mergeSchema: true}}.
 *
 * @param values by key, in alphabetical order
 */
@PublicApi
public record Options(Map<String, String> values) implements Serializable {
  /** No options. */
  public static final Options NONE = new Options(Map.of());

  public Options {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }
}

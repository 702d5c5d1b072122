package dev.convoy.config.data;

import dev.convoy.api.PublicApi;
import java.io.Serializable;
import java.util.List;

/**
 * Names one column, or several in their order.
 *
 * @param list of names
 */
@PublicApi
public record Columns(List<String> list) implements Serializable {
  public Columns {
    list = List.copyOf(list);
  }

  /** Names some columns. */
  public static Columns of(String... names) {
    return new Columns(List.of(names));
  }
}

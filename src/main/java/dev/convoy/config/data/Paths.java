package dev.convoy.config.data;

import dev.convoy.api.PublicApi;
import java.io.Serializable;
import java.util.List;

/**
 * Files, or a folder of files: one path, or several in their order. Of a folder, the files in it
 * are taken in alphabetical order. A path that is not there may be a pattern, as in {@code
 * train/*.parquet}, whose matches are taken in alphabetical order.
 *
 * @param list of paths, one at least
 */
@PublicApi
public record Paths(List<String> list) implements Serializable {
  public Paths {
    list = List.copyOf(list);
    if (list.isEmpty() || list.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "Paths.list must hold one path at least, none of them blank, but was " + list);
    }
  }

  /** One path. */
  public static Paths of(String path) {
    return new Paths(List.of(path));
  }

  /** Names the paths as a person would. */
  @Override
  public String toString() {
    return list.size() == 1 ? list.get(0) : list.get(0) + " and " + (list.size() - 1) + " more";
  }
}

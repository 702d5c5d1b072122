package dev.convoy.spark.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.convoy.image.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names of classes that the key-value metadata of a Parquet file give. */
final class ParquetClassNames {
  /** The key under which Hugging Face's data sets describe their columns. */
  private static final String HUGGING_FACE = "huggingface";

  private final String path;

  private ParquetClassNames(String path) {
    this.path = path;
  }

  /**
   * Returns the names of a column's classes; absent if the file gives none.
   *
   * @param path of the file, for errors
   * @param column name of the column of labels, or names that lead to it by dots
   */
  static @Nullable List<String> of(String path, Map<String, String> metadata, String column) {
    ParquetClassNames reader = new ParquetClassNames(path);
    try {
      if (metadata.containsKey(ParquetFooter.CLASSES)) {
        return reader.texts(json(metadata.get(ParquetFooter.CLASSES)));
      } else if (metadata.containsKey(HUGGING_FACE)) {
        JsonNode info = json(metadata.get(HUGGING_FACE));
        return reader.ofFeature(feature(info.path("info").path("features"), column));
      }
      return null;
    } catch (JsonProcessingException e) {
      throw new DataException(
          path
              + ": must be a whole Parquet file, but is damaged: its key-value metadata must name"
              + " classes as JSON",
          e);
    }
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return JsonMapper.builder().build().readTree(text);
  }

  /** What is said of a column, which may lie in others. */
  private static JsonNode feature(JsonNode features, String column) {
    if (features.has(column)) {
      return features.path(column);
    }
    JsonNode feature = features;
    for (String name : column.split("\\.")) {
      feature = feature.path(name);
    }
    return feature;
  }

  private @Nullable List<String> ofFeature(JsonNode feature) {
    JsonNode names = feature.path("names");
    boolean named = feature.path("_type").asText().equals("ClassLabel") && !names.isNull();
    return named && !names.isMissingNode() ? texts(names) : null;
  }

  private List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    if (!list.isArray() || texts.isEmpty()) {
      throw new DataException(
          path
              + ": must be a whole Parquet file, but is damaged: its key-value metadata must name"
              + " classes as a list of texts");
    }
    return texts;
  }
}

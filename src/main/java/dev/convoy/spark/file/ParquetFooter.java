package dev.convoy.spark.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.convoy.image.DataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.jspecify.annotations.Nullable;

/**
 * What a Parquet file says of itself at its end.
 *
 * @param path of the file
 * @param metadata as Parquet's own library has them
 */
public record ParquetFooter(String path, ParquetMetadata metadata) {
  /** The key under which a file names its classes, as a JSON list of texts. */
  public static final String CLASSES = "convoy.classes";

  /** The key under which Hugging Face's data sets describe their columns. */
  private static final String HUGGING_FACE = "huggingface";

  /**
   * Reads it.
   *
   * @throws DataException if there is none, or it speaks of bytes that the file does not have
   */
  public static ParquetFooter read(HadoopFiles files, String path) throws IOException {
    long length = files.length(path);
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(files.hadoopPath(path), files.configuration()))) {
      ParquetMetadata metadata = reader.getFooter();
      for (BlockMetaData block : metadata.getBlocks()) {
        for (ColumnChunkMetaData chunk : block.getColumns()) {
          long start = chunk.getStartingPos();
          if (start < 0 || chunk.getTotalSize() < 0 || start > length - chunk.getTotalSize()) {
            throw damaged(path, "column " + chunk.getPath() + " would lie beyond its end", null);
          }
        }
      }
      return new ParquetFooter(path, metadata);
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      // Lists are made as long as a damaged footer claims.
      throw damaged(path, String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
    }
  }

  private static DataException damaged(String path, String why, @Nullable Throwable cause) {
    return new DataException(
        path + ": must be a whole Parquet file, but is damaged: " + why, cause);
  }

  /** Returns how many rows the file says that it has. */
  public long rows() {
    return metadata.getBlocks().stream().mapToLong(BlockMetaData::getRowCount).sum();
  }

  /** Refuses a file without a column, whose name may lead into others by dots. */
  public void checkColumn(String key, String name) {
    var schema = metadata.getFileMetaData().getSchema();
    if (!schema.containsField(name) && !schema.containsPath(name.split("\\."))) {
      List<String> names = new ArrayList<>();
      schema.getFields().forEach(field -> names.add(field.getName()));
      throw new DataException(
          path
              + ": must have the column that "
              + key
              + " names, "
              + name
              + ", but has "
              + String.join(", ", names));
    }
  }

  /** Returns the classes that the file names; absent if it names none. */
  public @Nullable List<String> classNames() {
    var pairs = metadata.getFileMetaData().getKeyValueMetaData();
    try {
      if (pairs.containsKey(CLASSES)) {
        return texts(JsonMapper.builder().build().readTree(pairs.get(CLASSES)));
      } else if (pairs.containsKey(HUGGING_FACE)) {
        JsonNode info = JsonMapper.builder().build().readTree(pairs.get(HUGGING_FACE));
        JsonNode features = info.path("info").path("features");
        for (JsonNode feature : features) {
          if (feature.path("_type").asText().equals("ClassLabel")) {
            return texts(feature.path("names"));
          }
        }
      }
      return null;
    } catch (JsonProcessingException e) {
      throw damaged(path, "its key-value metadata must name classes as JSON", e);
    }
  }

  private List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    if (!list.isArray() || texts.isEmpty()) {
      throw damaged(path, "its key-value metadata must name classes as a list of texts", null);
    }
    return texts;
  }
}

package dev.convoy.model.weights;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.convoy.data.FileOpener;
import dev.convoy.model.ModelException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An index of several safetensors files, {@code {"weight_map": {"fc.weight":
 * "model-00002-of-00002.safetensors"}}}, as Hugging Face writes it.
 */
final class WeightsIndex {
  /** A model of more files is none for one machine. */
  private static final int MAX_FILES = 1000;

  /** Enough for a hundred thousand tensors. */
  private static final int MAX_BYTES = 16 << 20;

  private final String path;
  private final Map<String, String> fileOf = new TreeMap<>();

  private WeightsIndex(String path) {
    this.path = path;
  }

  /**
   * Reads an index.
   *
   * @throws ModelException if it is none, or names files elsewhere
   */
  static WeightsIndex read(FileOpener files, String path) throws IOException {
    byte[] bytes;
    try (InputStream in = new BufferedInputStream(files.open(path))) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    WeightsIndex index = new WeightsIndex(path);
    index.expect(bytes.length <= MAX_BYTES, "must have at most " + MAX_BYTES + " bytes");
    try (JsonParser json = StoredHeader.JSON.createParser(bytes)) {
      index.readAll(json);
    } catch (JsonProcessingException e) {
      throw new ModelException(
          path + ": must be an index in JSON, but " + e.getOriginalMessage(), e);
    }
    index.expect(!index.fileOf.isEmpty(), "must have a weight_map, but names no tensor");
    index.expect(index.files().size() <= MAX_FILES, "must name at most " + MAX_FILES + " files");
    return index;
  }

  private void readAll(JsonParser json) throws IOException {
    expect(json.nextToken() == JsonToken.START_OBJECT, "must be a JSON object");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean map = json.currentName().equals("weight_map");
      json.nextToken();
      if (map) {
        expect(json.currentToken() == JsonToken.START_OBJECT, "must have keys in weight_map");
        readMap(json);
      } else {
        json.skipChildren();
      }
    }
  }

  private void readMap(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String tensor = json.currentName();
      json.nextToken();
      String file = json.getValueAsString("");
      boolean plain =
          !file.isBlank()
              && file.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || c < ' ')
              && !file.startsWith(".");
      expect(plain, "must name files beside it, but '" + tensor + "' is in '" + file + "'");
      fileOf.put(tensor, file);
    }
  }

  private void expect(boolean holds, String rule) {
    if (!holds) {
      throw new ModelException(path + ": " + rule);
    }
  }

  /** Returns the paths of the files, in alphabetical order. */
  List<String> files() {
    String folder = path.substring(0, path.lastIndexOf('/') + 1);
    return new TreeSet<>(fileOf.values()).stream().map(file -> folder + file).toList();
  }

  /** Checks that the files hold the tensors that are said to be in them. */
  void check(List<StoredTensor> found) {
    Map<String, String> foundIn = new TreeMap<>();
    for (StoredTensor tensor : found) {
      foundIn.put(tensor.name(), tensor.file().substring(tensor.file().lastIndexOf('/') + 1));
    }
    fileOf.forEach(
        (tensor, file) ->
            expect(
                file.equals(foundIn.get(tensor)),
                "says that tensor '" + tensor + "' is in " + file + ", but it is not there"));
  }
}

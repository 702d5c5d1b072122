package dev.convoy.model.onnx.in;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.convoy.image.Normalization;
import dev.convoy.loss.BinaryCrossEntropy;
import dev.convoy.loss.Huber;
import dev.convoy.loss.Loss;
import dev.convoy.loss.MeanAbsoluteError;
import dev.convoy.loss.MeanSquaredError;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.model.ModelException;
import dev.convoy.model.onnx.Notes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.ModelProto;
import onnx.Onnx.StringStringEntryProto;
import org.jspecify.annotations.Nullable;

/** What a file of Convoy's says beside its graph; files of others say nothing that is read here. */
final class FileNotes {
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, String> notes = new HashMap<>();
  private final String file;

  private FileNotes(String file) {
    this.file = file;
  }

  static FileNotes of(ModelProto model, String file) {
    FileNotes found = new FileNotes(file);
    if (model.getProducerName().equals(Notes.PRODUCER)) {
      for (StringStringEntryProto entry : model.getMetadataPropsList()) {
        found.notes.put(entry.getKey(), entry.getValue());
      }
    }
    return found;
  }

  /** Whether the graph begins with the normalization. */
  boolean takesPixels() {
    return Notes.PIXELS.equals(notes.get(Notes.INPUT));
  }

  /** Whether the graph ends with the last layer, whatever that is. */
  boolean givesOutputs() {
    return Notes.OUTPUTS.equals(notes.get(Notes.OUTPUT));
  }

  @Nullable List<String> classes() {
    String[] names = read(Notes.CLASSES, String[].class);
    return names == null ? null : List.of(names);
  }

  @Nullable Normalization normalization() {
    float[] mean = read(Notes.MEAN, float[].class);
    float[] std = read(Notes.STD, float[].class);
    if (mean == null || std == null) {
      return null;
    }
    try {
      return new Normalization(mean, std);
    } catch (IllegalArgumentException e) {
      throw new ModelException(file + ": metadata: " + e.getMessage(), e);
    }
  }

  @Nullable Loss loss() {
    String kind = notes.get(Notes.LOSS);
    if (kind == null) {
      return null;
    }
    return List.of(
            new SoftmaxCrossEntropy(),
            new BinaryCrossEntropy(),
            new MeanSquaredError(),
            new MeanAbsoluteError(),
            new Huber(null))
        .stream()
        .filter(loss -> loss.kind().equals(kind))
        .findFirst()
        .orElseThrow(() -> new ModelException(file + ": metadata: no loss is named " + kind));
  }

  private <T> @Nullable T read(String key, Class<T> type) {
    String text = notes.get(key);
    try {
      return text == null ? null : JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new ModelException(
          file + ": metadata: " + key + " must be a list in JSON: " + e.getOriginalMessage(), e);
    }
  }
}

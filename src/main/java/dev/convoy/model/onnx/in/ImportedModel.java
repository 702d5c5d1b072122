package dev.convoy.model.onnx.in;

import dev.convoy.image.Normalization;
import dev.convoy.loss.Loss;
import dev.convoy.loss.OutputActivation;
import dev.convoy.loss.Task;
import dev.convoy.model.Model;
import dev.convoy.model.ModelException;
import dev.convoy.nn.Network;
import dev.convoy.nn.Weights;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A model of a network that was read, and of what was said of it. */
final class ImportedModel {
  private static final int MOST_OUTPUTS = 1 << 20;

  private ImportedModel() {}

  static Model of(
      Network network,
      Weights weights,
      FileNotes notes,
      ImportOptions options,
      Loss loss,
      String file) {
    int outputs = network.output().size();
    if (outputs > MOST_OUTPUTS) {
      throw new ModelException(
          file
              + ": the network must give at most "
              + MOST_OUTPUTS
              + " values, but gives "
              + outputs);
    }
    List<String> classes = first(options.classes(), notes.classes());
    if (classes == null) {
      classes = IntStream.range(0, outputs).mapToObj(Integer::toString).toList();
    }
    int channels = network.input().channels();
    Normalization normalization = first(options.normalization(), notes.normalization());
    normalization = normalization == null ? Normalization.none(channels) : normalization;
    if (normalization.mean().length != channels) {
      throw new ModelException(
          file
              + ": the normalization must have one value a channel, "
              + channels
              + ", but has "
              + normalization.mean().length);
    }
    boolean isClassifier = loss.activation() == OutputActivation.SOFTMAX;
    Task task = isClassifier ? Task.CLASSIFICATION : loss.vectorTask();
    try {
      return new Model(
          network, weights, options.preprocess(), normalization, classes, task, loss, null);
    } catch (IllegalArgumentException e) {
      throw new ModelException(file + ": " + e.getMessage(), e);
    }
  }

  private static <T> @Nullable T first(@Nullable T asked, @Nullable T said) {
    return asked == null ? said : asked;
  }
}

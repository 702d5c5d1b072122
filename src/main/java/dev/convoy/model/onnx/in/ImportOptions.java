package dev.convoy.model.onnx.in;

import dev.convoy.image.Normalization;
import dev.convoy.image.Preprocessing;
import dev.convoy.loss.Loss;
import dev.convoy.tensor.Defaulted;
import dev.convoy.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what a file of ONNX does not, or not as it is wanted.
 *
 * @param input shape of an example, {@code [C, H, W]}; absent to take what the file says
 * @param value that the network is to give; absent for the graph's output
 * @param classes names, one an output; absent to take what the file says, else numbers
 * @param normalization of pixels; absent to take what the file says, else pixels in {@code [0, 1]}
 * @param preprocess what makes pictures fit; nothing by default
 * @param loss that trained the network; absent to tell it by how the graph ends
 */
public record ImportOptions(
    @Nullable Shape input,
    @Nullable String value,
    @Nullable List<String> classes,
    @Nullable Normalization normalization,
    @Defaulted List<Preprocessing> preprocess,
    @Nullable Loss loss) {
  public ImportOptions {
    classes = classes == null ? null : List.copyOf(classes);
    preprocess = preprocess == null ? List.of() : List.copyOf(preprocess);
  }

  /** All as the file says. */
  public static ImportOptions none() {
    return new ImportOptions(null, null, null, null, List.of(), null);
  }
}

package dev.convoy.train.tuning;

import dev.convoy.api.PublicApi;
import dev.convoy.nn.NamePattern;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import java.io.Serializable;
import java.util.List;

/**
 * Says which weights a training starts from.
 *
 * @param path of a safetensors file, an index of several, a folder with one of them, a model
 *     folder, a checkpoint, or the output folder of a run
 * @param rename how tensors of the file are called in the network, each on what those before it
 *     made; as in the file by default
 * @param skipMismatched regular expressions of the tensors that may be missing in the file, or in
 *     the network, or have another shape: those of the network stay fresh; none by default
 */
@PublicApi
public record InitialWeights(
    String path, @Defaulted List<Rename> rename, @Defaulted List<String> skipMismatched)
    implements Serializable {
  public InitialWeights {
    if (Check.present(path, "InitialWeights.path").isBlank()) {
      throw new IllegalArgumentException("InitialWeights.path must not be blank");
    }
    rename = rename == null ? List.of() : List.copyOf(rename);
    skipMismatched = skipMismatched == null ? List.of() : List.copyOf(skipMismatched);
    var unused = NamePattern.any(skipMismatched, "InitialWeights.skipMismatched");
  }

  /** Returns weights that a file holds under the network's own names, all of them. */
  public static InitialWeights of(String path) {
    return new InitialWeights(path, List.of(), List.of());
  }
}

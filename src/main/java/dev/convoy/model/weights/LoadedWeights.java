package dev.convoy.model.weights;

import dev.convoy.api.PublicApi;
import dev.convoy.nn.Weights;
import java.util.List;

/**
 * The weights that a training starts from, and where each tensor is from.
 *
 * @param weights of the network
 * @param path that they were read from
 * @param tensors of the network, in its order, then those of the file that it does not have
 */
@PublicApi
public record LoadedWeights(Weights weights, String path, List<Origin> tensors) {
  public LoadedWeights {
    tensors = List.copyOf(tensors);
  }

  /** What became of a tensor. */
  @PublicApi
  public enum Fate {
    /** The network has the file's values. */
    LOADED,
    /** The network has fresh values. */
    FRESH,
    /** The file's values are not used. */
    SKIPPED
  }

  /**
   * What became of a tensor.
   *
   * @param name in the network; of a tensor that is skipped, the name that was looked for
   * @param nameInFile before it was renamed; empty where the file has none
   * @param fate of it
   * @param reason why it was not loaded; empty where it was
   * @param values that it has
   */
  @PublicApi
  public record Origin(String name, String nameInFile, Fate fate, String reason, long values) {}

  /** Returns how many tensors had this fate. */
  public int count(Fate fate) {
    return (int) tensors.stream().filter(tensor -> tensor.fate() == fate).count();
  }

  /** Returns how many values are in the tensors that had this fate. */
  public long values(Fate fate) {
    return tensors.stream().filter(tensor -> tensor.fate() == fate).mapToLong(Origin::values).sum();
  }
}

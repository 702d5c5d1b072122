package dev.convoy.model;

import dev.convoy.image.Normalization;
import dev.convoy.nn.Network;
import dev.convoy.nn.Weights;
import java.util.List;

/**
 * All that it takes to tell what is on a picture.
 *
 * @param network what the layers are
 * @param weights of the network
 * @param normalization of the pixels that go in
 * @param classNames one an output
 * @param provenance where it comes from; {@code null} if that is not known
 */
public record Model(
    Network network,
    Weights weights,
    Normalization normalization,
    List<String> classNames,
    Provenance provenance) {
  public Model {
    weights.checkedFor(network, "Model.weights");
    if (classNames.size() != network.output().size()) {
      throw new IllegalArgumentException(
          "Model.classNames must be "
              + network.output().size()
              + ", as the network has outputs, but are "
              + classNames.size());
    }
    classNames = List.copyOf(classNames);
  }

  /** The trainable values, flat. */
  public float[] parameters() {
    return weights.parameters();
  }
}

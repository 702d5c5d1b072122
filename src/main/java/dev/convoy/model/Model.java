package dev.convoy.model;

import dev.convoy.image.Normalization;
import dev.convoy.nn.Network;
import java.util.List;

/**
 * All that it takes to tell what is on a picture.
 *
 * @param network what the layers are
 * @param parameters of the network, flat
 * @param normalization of the pixels that go in
 * @param classNames one an output
 * @param provenance where it comes from; {@code null} if that is not known
 */
public record Model(
    Network network,
    float[] parameters,
    Normalization normalization,
    List<String> classNames,
    Provenance provenance) {
  public Model {
    if (parameters.length != network.parameterCount()) {
      throw new IllegalArgumentException(
          "Model.parameters must be "
              + network.parameterCount()
              + ", as the network has, but are "
              + parameters.length);
    }
    if (classNames.size() != network.output().size()) {
      throw new IllegalArgumentException(
          "Model.classNames must be "
              + network.output().size()
              + ", as the network has outputs, but are "
              + classNames.size());
    }
    classNames = List.copyOf(classNames);
  }
}

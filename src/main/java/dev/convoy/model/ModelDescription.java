package dev.convoy.model;

import dev.convoy.image.Normalization;
import dev.convoy.nn.Network;
import dev.convoy.tensor.Check;
import java.util.List;

/**
 * What {@code model.json} says of a {@link Model}.
 *
 * @param formatVersion of the folder
 * @param network in the syntax of a job
 * @param normalize of the pixels that go in
 * @param classes names, one an output
 * @param provenance where the model comes from; {@code null} if that is not known
 */
public record ModelDescription(
    int formatVersion,
    Network network,
    Normalization normalize,
    List<String> classes,
    Provenance provenance) {
  public ModelDescription {
    Check.present(network, "ModelDescription.network");
    Check.present(normalize, "ModelDescription.normalize");
    Check.present(classes, "ModelDescription.classes");
    if (classes.size() != network.output().size()) {
      throw new IllegalArgumentException(
          "ModelDescription.classes must be "
              + network.output().size()
              + ", as the network has outputs, but are "
              + classes.size());
    }
    if (normalize.mean().length != network.input().channels()) {
      throw new IllegalArgumentException(
          "ModelDescription.normalize must have one value a channel of the network's input, "
              + network.input().channels()
              + ", but has "
              + normalize.mean().length);
    }
  }
}

package dev.convoy.model;

import dev.convoy.image.Normalization;
import dev.convoy.image.Preprocessing;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.Loss;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.loss.Task;
import dev.convoy.nn.Network;
import dev.convoy.tensor.Check;
import dev.convoy.tensor.Defaulted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds what {@code model.json} says of a {@link Model}.
 *
 * @param formatVersion of the folder
 * @param network in the syntax of a job
 * @param preprocess what makes pictures fit the network; nothing by default
 * @param normalize of the pixels that go in
 * @param classes names, one an output
 * @param task what the outputs tell; classification by default, as models had it before this key
 * @param loss that trained it; softmax cross-entropy by default, for the same reason
 * @param provenance where the model comes from; absent if that is not known
 */
public record ModelDescription(
    int formatVersion,
    Network network,
    @Defaulted List<Preprocessing> preprocess,
    Normalization normalize,
    List<String> classes,
    @Defaulted Task task,
    @Defaulted Loss loss,
    @Nullable Provenance provenance) {
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
    preprocess = preprocess == null ? List.of() : List.copyOf(preprocess);
    Check.atMost(preprocess, Preprocessing.MOST, "ModelDescription.preprocess");
    task = task == null ? Task.CLASSIFICATION : task;
    loss = loss == null ? new SoftmaxCrossEntropy() : loss;
    Model.checkTask(task, loss, "ModelDescription");
    loss.bind(network.output().size(), Kernels.scalar());
    if (normalize.mean().length != network.input().channels()) {
      throw new IllegalArgumentException(
          "ModelDescription.normalize must have one value a channel of the network's input, "
              + network.input().channels()
              + ", but has "
              + normalize.mean().length);
    }
  }
}

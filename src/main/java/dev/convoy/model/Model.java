package dev.convoy.model;

import dev.convoy.api.PublicApi;
import dev.convoy.image.Normalization;
import dev.convoy.image.Preprocessing;
import dev.convoy.loss.Loss;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.loss.Task;
import dev.convoy.nn.Network;
import dev.convoy.nn.Weights;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that it takes to tell what is on a picture.
 *
 * @param network what the layers are
 * @param weights of the network
 * @param preprocess what makes pictures fit the network
 * @param normalization of the pixels that go in
 * @param classNames one an output
 * @param task what the outputs tell
 * @param loss that trained it: it says what makes predictions of the outputs
 * @param provenance where it comes from; absent if that is not known
 */
@PublicApi
public record Model(
    Network network,
    Weights weights,
    List<Preprocessing> preprocess,
    Normalization normalization,
    List<String> classNames,
    Task task,
    Loss loss,
    @Nullable Provenance provenance) {
  public Model {
    preprocess = List.copyOf(preprocess);
    weights.checkedFor(network, "Model.weights");
    if (classNames.size() != network.output().size()) {
      throw new IllegalArgumentException(
          "Model.classNames must be "
              + network.output().size()
              + ", as the network has outputs, but are "
              + classNames.size());
    }
    classNames = List.copyOf(classNames);
    checkTask(task, loss, "Model");
  }

  /** A model whose pictures need no preprocessing. */
  public Model(
      Network network,
      Weights weights,
      Normalization normalization,
      List<String> classNames,
      Task task,
      Loss loss,
      @Nullable Provenance provenance) {
    this(network, weights, List.of(), normalization, classNames, task, loss, provenance);
  }

  /** A classifier, by softmax cross-entropy. */
  public Model(
      Network network,
      Weights weights,
      Normalization normalization,
      List<String> classNames,
      @Nullable Provenance provenance) {
    this(
        network,
        weights,
        normalization,
        classNames,
        Task.CLASSIFICATION,
        new SoftmaxCrossEntropy(),
        provenance);
  }

  /** Refuses a task that can't be learnt by the loss. {@code who} has the task. */
  static void checkTask(Task task, Loss loss, String who) {
    if (task != Task.CLASSIFICATION && task != loss.vectorTask()) {
      throw new IllegalArgumentException(
          who + ".task must be one that " + loss.kind() + " trains, but is " + task);
    }
  }

  /** The trainable values, flat. */
  public float[] parameters() {
    return weights.parameters();
  }
}

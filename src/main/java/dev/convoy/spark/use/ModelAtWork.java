package dev.convoy.spark.use;

import dev.convoy.image.ImageBlock;
import dev.convoy.image.Normalization;
import dev.convoy.image.Preparation;
import dev.convoy.image.Preprocessing;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.OutputActivation;
import dev.convoy.model.Model;
import dev.convoy.nn.Network;
import dev.convoy.nn.Weights;
import dev.convoy.tensor.Shape;
import dev.convoy.train.score.Evaluator;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A model that predicts on pictures in batches of the engine's size. The threads of a process share
 * one: as many of them as predict at the same time each take memory for a batch of activations,
 * which later ones use again.
 */
public final class ModelAtWork implements Serializable {
  private static final long serialVersionUID = 1;

  private final Network network;
  private final Weights weights;
  private final List<Preprocessing> preprocess;
  private final Normalization normalization;
  private final OutputActivation activation;

  /** Those that no thread works with. */
  private final transient Queue<Evaluator> idle = new ConcurrentLinkedQueue<>();

  private ModelAtWork(
      Network network,
      Weights weights,
      List<Preprocessing> preprocess,
      Normalization normalization,
      OutputActivation activation) {
    this.network = network;
    this.weights = weights;
    this.preprocess = preprocess;
    this.normalization = normalization;
    this.activation = activation;
  }

  /** Puts a model to work in this process. */
  public static ModelAtWork of(Model model) {
    return new ModelAtWork(
        model.network(),
        model.weights(),
        model.preprocess(),
        model.normalization(),
        model.loss().activation());
  }

  /** Returns the shape of the images that the network takes. */
  public Shape input() {
    return network.input();
  }

  /**
   * Returns what makes pictures fit the network, as in training.
   *
   * @throws IllegalArgumentException if the network takes no pictures, which have 1 or 3 channels
   */
  public Preparation preparation() {
    return new Preparation(network.input(), preprocess);
  }

  /**
   * Predicts on pictures as they are asked for. At most some hundred are read ahead, and the pixels
   * of one batch are held; what is in a batch with a picture changes no bit of its prediction.
   *
   * @param items pictures, of which none is needed again once the next is asked for
   * @return an outcome each, in the same order
   */
  public <K> Iterator<PicturePredictions.Outcome<K>> predict(
      Iterator<PicturePredictions.Item<K>> items) {
    return new PicturePredictions<>(this, items);
  }

  /** What the network gives for all images of a block: {@code [images][outputs]}. */
  public float[][] predictions(ImageBlock block) {
    Evaluator evaluator = idle.poll();
    if (evaluator == null) {
      evaluator = new Evaluator(network, weights, normalization, Kernels.chosen());
    }
    float[][] values = evaluator.predictions(block, activation);
    idle.add(evaluator); // not if it failed: it may be in disorder
    return values;
  }

  /** Returns how many evaluators there are that no thread works with. */
  int idle() {
    return idle.size();
  }

  /** Makes the queue, which does not travel. */
  private Object readResolve() {
    return new ModelAtWork(network, weights, preprocess, normalization, activation);
  }
}

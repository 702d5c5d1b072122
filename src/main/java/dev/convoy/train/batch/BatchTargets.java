package dev.convoy.train.batch;

import dev.convoy.image.ImageBlock;
import dev.convoy.image.Targets;
import dev.convoy.loss.BatchLoss;
import dev.convoy.loss.BatchLoss.Reduction;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The targets of one batch after another, on their way from a block to the loss: class numbers or
 * vectors, as the block has them, and weights. Memory for vectors and weights is taken with the
 * first of them.
 */
public final class BatchTargets {
  private final int outputs;
  private final int[] labels;
  private final int[] larger;
  private float[] vectors = {};
  private float[] mixtures = {};

  /** One an example, in {@code weights} or {@code mixedWeights}; absent where each weighs 1. */
  private float @Nullable [] current;

  private float[] weights = {};
  private float[] mixedWeights = {};
  private boolean areVectors;
  private boolean areMixed;
  private int count;

  /** Makes room for batches of at most so many examples. */
  public BatchTargets(int batchSize, int outputs) {
    this.outputs = outputs;
    this.labels = new int[batchSize];
    this.larger = new int[batchSize];
  }

  /**
   * Takes the targets of some images.
   *
   * @param positions of images in the block
   * @param from the first of the positions to take
   * @param count how many to take
   */
  public void fill(ImageBlock block, int[] positions, int from, int count) {
    this.count = count;
    areMixed = false;
    Targets targets = block.targets();
    areVectors = targets.areVectors();
    takeWeights(targets, positions, from);
    if (!areVectors) {
      int[] classes = targets.classes();
      for (int i = 0; i < count; i++) {
        labels[i] = classes[positions[from + i]];
      }
      return;
    }
    if (targets.width() != outputs) {
      throw new IllegalArgumentException(
          "The network has "
              + outputs
              + " outputs, but the block has targets of "
              + targets.width()
              + " values");
    }
    vectors = vectors.length == 0 ? new float[labels.length * outputs] : vectors;
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < outputs; c++) {
        vectors[i * outputs + c] = targets.value(positions[from + i], c);
      }
    }
  }

  private void takeWeights(Targets targets, int[] positions, int from) {
    current = null;
    if (targets.areWeighted()) {
      weights = weights.length == 0 ? new float[labels.length] : weights;
      for (int i = 0; i < count; i++) {
        weights[i] = targets.weight(positions[from + i]);
      }
      current = weights;
    }
  }

  /**
   * Mixes the targets of each image and its partner, and their weights.
   *
   * @param partners a place in the batch for each
   * @param shares of each image's own target, from 0 to 1
   */
  public void mix(int[] partners, float[] shares) {
    areMixed = true;
    mixtures = mixtures.length == 0 ? new float[labels.length * outputs] : mixtures;
    Arrays.fill(mixtures, 0, count * outputs, 0);
    for (int i = 0; i < count; i++) {
      int row = i * outputs;
      if (areVectors) {
        for (int c = 0; c < outputs; c++) {
          float other = vectors[partners[i] * outputs + c];
          mixtures[row + c] = other + (vectors[row + c] - other) * shares[i];
        }
      } else {
        mixtures[row + labels[partners[i]]] += 1 - shares[i];
        mixtures[row + labels[i]] += shares[i];
      }
    }
    for (int i = 0; i < count && !areVectors; i++) {
      // What counts as right is the class of the larger share.
      larger[i] = shares[i] < 0.5f ? labels[partners[i]] : labels[i];
    }
    mixWeights(partners, shares);
  }

  private void mixWeights(int[] partners, float[] shares) {
    if (current != null) {
      mixedWeights = mixedWeights.length == 0 ? new float[labels.length] : mixedWeights;
      for (int i = 0; i < count; i++) {
        mixedWeights[i] = shares[i] * weights[i] + (1 - shares[i]) * weights[partners[i]];
      }
      current = mixedWeights;
    }
  }

  /** Has the loss compare a network's outputs with these targets. */
  public void compute(
      BatchLoss loss, float[] networkOutputs, float @Nullable [] gradient, Reduction reduction) {
    if (areVectors) {
      float[] targets = areMixed ? mixtures : vectors;
      loss.compute(networkOutputs, targets, current, count, gradient, reduction);
    } else if (areMixed) {
      loss.computeMixed(networkOutputs, mixtures, larger, current, count, gradient, reduction);
    } else {
      loss.compute(networkOutputs, labels, current, count, gradient, reduction);
    }
  }
}

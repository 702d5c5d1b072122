package dev.convoy.train;

import dev.convoy.image.ImageBlock;
import dev.convoy.image.Targets;
import dev.convoy.loss.BatchLoss;
import dev.convoy.loss.BatchLoss.Reduction;

/**
 * The targets of one batch after another, on their way from a block to the loss: class numbers or
 * vectors, as the block has them. Memory for vectors is taken with the first of them.
 */
final class BatchTargets {
  private final int outputs;
  private final int[] labels;
  private float[] vectors;
  private boolean areVectors;
  private int count;

  /** For batches of at most so many examples. */
  BatchTargets(int batchSize, int outputs) {
    this.outputs = outputs;
    this.labels = new int[batchSize];
  }

  /**
   * Takes the targets of some images.
   *
   * @param positions of images in the block
   * @param from the first of the positions to take
   * @param count how many to take
   */
  void fill(ImageBlock block, int[] positions, int from, int count) {
    this.count = count;
    Targets targets = block.targets();
    areVectors = targets.areVectors();
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
    vectors = vectors == null ? new float[labels.length * outputs] : vectors;
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < outputs; c++) {
        vectors[i * outputs + c] = targets.value(positions[from + i], c);
      }
    }
  }

  /** Has the loss compare a network's outputs with these targets. */
  void compute(BatchLoss loss, float[] networkOutputs, float[] gradient, Reduction reduction) {
    if (areVectors) {
      loss.compute(networkOutputs, vectors, count, gradient, reduction);
    } else {
      loss.compute(networkOutputs, labels, count, gradient, reduction);
    }
  }
}

package dev.convoy.train.score;

import dev.convoy.image.BatchFiller;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.Normalization;
import dev.convoy.image.Targets;
import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.elementwise.ChannelSoftmax;
import dev.convoy.kernel.lane.Lanes;
import dev.convoy.loss.BatchLoss;
import dev.convoy.loss.BatchLoss.Reduction;
import dev.convoy.loss.Loss;
import dev.convoy.loss.OutputActivation;
import dev.convoy.nn.Network;
import dev.convoy.nn.NetworkTrunk;
import dev.convoy.nn.Weights;
import dev.convoy.nn.replica.ForwardReplica;
import dev.convoy.nn.replica.ReplicaMemory;
import dev.convoy.train.batch.BatchSource;
import dev.convoy.train.batch.BatchTargets;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a network forward over blocks of images, in memory for the largest batch that it was asked
 * for so far. One thread owns it.
 */
public final class Evaluator {
  /** Images at a time at most: four lane blocks keep the dense layers' tiles full. */
  public static final int BATCH = 4 * Lanes.WIDTH;

  private final Network network;
  private final Weights weights;

  /** Absent before the first batch, and while there is room for a larger one to be made. */
  private @Nullable ForwardReplica replica;

  private final BatchFiller filler;
  private final ChannelSoftmax softmax;
  private final Kernels kernels;
  private final int classes;
  private final BatchTargets targets;

  /**
   * Makes an evaluator of this network.
   *
   * @param weights used where they lie: nobody may change them meanwhile
   */
  public Evaluator(Network network, Weights weights, Normalization normalization, Kernels kernels) {
    this.kernels = kernels;
    if (network.auxiliaries().isEmpty()) {
      this.network = network;
      this.weights = weights;
    } else {
      // What only takes part in training is left out.
      String last = network.nodes().get(network.nodes().size() - 1).name();
      NetworkTrunk main = NetworkTrunk.of(network, weights, last);
      this.network = main.network();
      this.weights = main.weights();
    }
    filler = new BatchFiller(network.input(), normalization);
    classes = network.output().size();
    softmax = new ChannelSoftmax(classes, kernels.elementwise());
    targets = new BatchTargets(BATCH, classes);
  }

  /**
   * Returns the bytes that an evaluator takes beside the weights, once it is at work on so many
   * images or more.
   */
  public static long bytes(Network network, int images) {
    return ReplicaMemory.forwardBytes(network, Math.min(images, BATCH));
  }

  /** Returns a replica that takes so many images. */
  private ForwardReplica replica(int images) {
    ForwardReplica found = replica;
    if (found == null || found.batchSize() < images) {
      replica = null; // its memory is free for the larger one
      int batch = Lanes.blocks(images) * Lanes.WIDTH;
      found = new ForwardReplica(network, weights, batch, kernels);
      replica = found;
    }
    return found;
  }

  /** Computes the output of a batch. */
  private float[] outputs(BatchSource.Batch batch) {
    ForwardReplica working = replica(batch.size());
    working.forward(
        batch.size(),
        (first, count, input) ->
            filler.fill(batch.block(), batch.positions(), first, count, input, 0));
    return working.output();
  }

  /** Loss and predictions for all images of a block. */
  public Evaluation evaluate(ImageBlock block, Loss loss) {
    try (BatchSource batches = batches(block)) {
      return evaluate(block, batches, loss);
    }
  }

  private static BatchSource batches(ImageBlock block) {
    int[][] batches = new int[(block.size() + BATCH - 1) / BATCH][];
    for (int i = 0; i < batches.length; i++) {
      int end = Math.min(block.size(), (i + 1) * BATCH);
      batches[i] = IntStream.range(i * BATCH, end).toArray();
    }
    return BatchSource.of(block, batches);
  }

  private Evaluation evaluate(ImageBlock block, BatchSource batches, Loss loss) {
    BatchLoss batchLoss = loss.bind(classes, kernels);
    VectorScores scores =
        block.targets().areVectors() ? VectorScores.none(loss.vectorTask(), classes) : null;
    int[] predictions = new int[scores == null ? block.size() : 0];
    double lossSum = 0;
    double weight = 0;
    double counted = 0;
    double correct = 0;
    double amongFirst = 0;
    for (int start = 0; start < block.size(); start += BATCH) {
      BatchSource.Batch batch = batches.next();
      int count = batch.size();
      targets.fill(batch.block(), batch.positions(), 0, count);
      float[] outputs = outputs(batch);
      targets.compute(batchLoss, outputs, null, Reduction.SUM);
      lossSum += batchLoss.sum();
      weight += batchLoss.weight();
      counted += batchLoss.counted();
      correct += batchLoss.correct();
      for (int i = 0; i < count; i++) {
        if (scores != null) {
          addScores(scores, outputs, i, block.targets(), start + i);
        } else {
          predictions[start + i] = largest(outputs, i);
          int label = block.labels()[start + i];
          int rank = Rank.of(label, outputs, at(i, 0), Lanes.WIDTH, classes);
          amongFirst += rank < Evaluation.FIRST ? block.targets().weight(start + i) : 0;
        }
      }
    }
    return new Evaluation(
        block.size(),
        lossSum,
        weight,
        counted,
        correct,
        amongFirst,
        block.labels(),
        predictions,
        weights(block.targets()),
        scores);
  }

  private static float[] weights(Targets targets) {
    float[] weights = new float[targets.areWeighted() ? targets.size() : 0];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = targets.weight(i);
    }
    return weights;
  }

  private void addScores(
      VectorScores scores, float[] outputs, int image, Targets all, int position) {
    for (int c = 0; c < classes; c++) {
      scores.add(c, outputs[at(image, c)], all.value(position, c), all.weight(position));
    }
  }

  /** Class probabilities of all images of a block: {@code [images][classes]}. */
  public float[][] probabilities(ImageBlock block) {
    return predictions(block, OutputActivation.SOFTMAX);
  }

  /** What the network gives for all images of a block: {@code [images][outputs]}. */
  public float[][] predictions(ImageBlock block, OutputActivation activation) {
    try (BatchSource batches = batches(block)) {
      return predictions(block.size(), batches, activation);
    }
  }

  private float[][] predictions(int images, BatchSource batches, OutputActivation activation) {
    float[][] predictions = new float[images][classes];
    for (int start = 0; start < images; start += BATCH) {
      BatchSource.Batch batch = batches.next();
      int count = batch.size();
      float[] output = outputs(batch);
      activate(output, Lanes.blocks(count), activation);
      for (int i = 0; i < count; i++) {
        for (int c = 0; c < classes; c++) {
          predictions[start + i][c] = output[at(i, c)];
        }
      }
    }
    return predictions;
  }

  private void activate(float[] output, int laneBlocks, OutputActivation activation) {
    int blockSize = classes * Lanes.WIDTH;
    switch (activation) {
      case SOFTMAX -> {
        for (int block = 0; block < laneBlocks; block++) {
          softmax.run(output, block * blockSize, output, block * blockSize);
        }
      }
      case SIGMOID -> kernels.elementwise().sigmoid(output, 0, output, 0, laneBlocks * blockSize);
      case NONE -> {}
    }
  }

  private int largest(float[] output, int image) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (output[at(image, c)] > output[at(image, best)]) {
        best = c;
      }
    }
    return best;
  }

  private int at(int image, int c) {
    return (image / Lanes.WIDTH * classes + c) * Lanes.WIDTH + image % Lanes.WIDTH;
  }
}

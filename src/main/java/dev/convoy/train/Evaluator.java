package dev.convoy.train;

import dev.convoy.image.BatchFiller;
import dev.convoy.image.ImageBlock;
import dev.convoy.image.Normalization;
import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.Lanes;
import dev.convoy.kernel.Softmax;
import dev.convoy.loss.BatchLoss;
import dev.convoy.loss.BatchLoss.Reduction;
import dev.convoy.loss.Loss;
import dev.convoy.nn.Network;
import dev.convoy.nn.Weights;
import dev.convoy.nn.replica.Replica;
import java.util.stream.IntStream;

/** Runs a network forward over blocks of images. One thread owns it. */
public final class Evaluator {
  /** Images at a time: four lane blocks keep the dense layers' tiles full. */
  private static final int BATCH = 4 * Lanes.WIDTH;

  private final Replica replica;
  private final BatchFiller filler;
  private final Softmax softmax;
  private final Kernels kernels;
  private final int classes;
  private final int[] labels = new int[BATCH];

  /** An evaluator of this network with these weights. */
  public Evaluator(Network network, Weights weights, Normalization normalization, Kernels kernels) {
    this.kernels = kernels;
    replica = new Replica(network, BATCH, kernels);
    filler = new BatchFiller(network.input(), normalization);
    classes = network.output().size();
    softmax = new Softmax(classes, kernels);
    use(weights);
  }

  /** Takes other weights. */
  public void use(Weights weights) {
    replica.use(weights);
  }

  /** Loss and predictions for all images of a block. */
  public Evaluation evaluate(ImageBlock block, Loss loss) {
    BatchLoss batchLoss = loss.bind(classes, kernels);
    int[] positions = IntStream.range(0, block.size()).toArray();
    int[] predictions = new int[block.size()];
    double lossSum = 0;
    long correct = 0;
    for (int start = 0; start < positions.length; start += BATCH) {
      int count = Math.min(BATCH, positions.length - start);
      filler.fill(block, positions, start, count, replica.input(), 0);
      System.arraycopy(block.labels(), start, labels, 0, count);
      replica.forward(count);
      batchLoss.compute(replica.output(), labels, count, null, Reduction.SUM);
      lossSum += batchLoss.sum();
      correct += batchLoss.correct();
      for (int i = 0; i < count; i++) {
        predictions[start + i] = largest(replica.output(), i);
      }
    }
    return new Evaluation(block.size(), lossSum, correct, block.labels(), predictions);
  }

  /** Class probabilities of all images of a block: {@code [images][classes]}. */
  public float[][] probabilities(ImageBlock block) {
    int[] positions = IntStream.range(0, block.size()).toArray();
    float[][] probabilities = new float[block.size()][classes];
    for (int start = 0; start < positions.length; start += BATCH) {
      int count = Math.min(BATCH, positions.length - start);
      filler.fill(block, positions, start, count, replica.input(), 0);
      replica.forward(count);
      float[] output = replica.output();
      for (int lanes = 0; lanes < Lanes.blocks(count); lanes++) {
        int offset = lanes * classes * Lanes.WIDTH;
        softmax.run(output, offset, output, offset);
      }
      for (int i = 0; i < count; i++) {
        for (int c = 0; c < classes; c++) {
          probabilities[start + i][c] = output[at(i, c)];
        }
      }
    }
    return probabilities;
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

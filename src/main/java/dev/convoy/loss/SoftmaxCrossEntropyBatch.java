package dev.convoy.loss;

import dev.convoy.kernel.Kernels;
import dev.convoy.kernel.elementwise.ChannelSoftmax;
import dev.convoy.kernel.lane.Lanes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** {@link SoftmaxCrossEntropy} at work: {@code dx[c] = p[c] · Σ_d w[d]·t[d] - w[c]·t[c]}. */
final class SoftmaxCrossEntropyBatch extends BatchLoss {
  private final int classes;
  private final double onTrue;
  private final double everywhere;
  private final float[] weights;
  private final double allWeights;
  private final ChannelSoftmax softmax;
  private final float[] probabilities;

  SoftmaxCrossEntropyBatch(SoftmaxCrossEntropy loss, int classes, Kernels kernels) {
    this.classes = classes;
    double smoothing = Double.parseDouble(Float.toString(loss.labelSmoothing()));
    onTrue = 1 - smoothing;
    everywhere = smoothing / classes;
    weights = new float[classes];
    Arrays.fill(weights, 1);
    if (loss.classWeights() != null) {
      System.arraycopy(loss.classWeights(), 0, weights, 0, classes);
    }
    double sum = 0;
    for (float weight : weights) {
      sum += weight;
    }
    allWeights = sum;
    softmax = new ChannelSoftmax(classes, kernels.elementwise());
    probabilities = new float[classes * Lanes.WIDTH];
  }

  @Override
  protected double weightOf(int label) {
    return weights[label];
  }

  @Override
  protected double weightOf(float[] shares, int image) {
    double weight = 0;
    for (int c = 0; c < classes; c++) {
      weight += shares[image * classes + c] * weights[c];
    }
    return weight;
  }

  @Override
  protected void runMixed(
      float[] outputs, float[] shares, int[] labels, int images, float @Nullable [] gradient) {
    for (int block = 0; block < Lanes.blocks(images); block++) {
      int offset = block * classes * Lanes.WIDTH;
      softmax.run(outputs, offset, probabilities, 0);
      int lanes = Math.min(Lanes.WIDTH, images - block * Lanes.WIDTH);
      if (gradient != null) {
        Arrays.fill(gradient, offset, offset + classes * Lanes.WIDTH, 0);
      }
      for (int lane = 0; lane < lanes; lane++) {
        int image = block * Lanes.WIDTH + lane;
        if (counts(image)) {
          addMixed(outputs, offset + lane, lane, shares, image, labels[image]);
          if (gradient != null) {
            mixedGradient(gradient, offset + lane, lane, shares, image);
          }
        }
      }
    }
  }

  private void addMixed(float[] outputs, int at, int lane, float[] shares, int image, int label) {
    int row = image * classes;
    double logSum = softmax.logSumExp(lane);
    double loss = 0;
    for (int c = 0; c < classes; c++) {
      loss += target(shares[row + c], c) * (logSum - outputs[at + c * Lanes.WIDTH]);
    }
    add(image, loss, largest(outputs, at, classes) == label ? 1 : 0);
  }

  private void mixedGradient(float[] gradient, int at, int lane, float[] shares, int image) {
    int row = image * classes;
    float scale = scale(image);
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += target(shares[row + c], c);
    }
    float mass = (float) sum;
    for (int c = 0; c < classes; c++) {
      float p = probabilities[c * Lanes.WIDTH + lane];
      gradient[at + c * Lanes.WIDTH] = (p * mass - (float) target(shares[row + c], c)) * scale;
    }
  }

  /** The weighted and smoothed target of a class. */
  private double target(float share, int c) {
    return weights[c] * (onTrue * share + everywhere);
  }

  @Override
  protected void run(float[] outputs, int[] labels, int images, float @Nullable [] gradient) {
    for (int block = 0; block < Lanes.blocks(images); block++) {
      int offset = block * classes * Lanes.WIDTH;
      softmax.run(outputs, offset, probabilities, 0);
      int lanes = Math.min(Lanes.WIDTH, images - block * Lanes.WIDTH);
      if (gradient != null) {
        Arrays.fill(gradient, offset, offset + classes * Lanes.WIDTH, 0);
      }
      for (int lane = 0; lane < lanes; lane++) {
        int image = block * Lanes.WIDTH + lane;
        if (counts(image)) {
          addLoss(outputs, offset + lane, lane, image, labels[image]);
          if (gradient != null) {
            gradient(gradient, offset + lane, lane, labels[image], scale(image));
          }
        }
      }
    }
  }

  private void addLoss(float[] outputs, int at, int lane, int image, int label) {
    double logSum = softmax.logSumExp(lane);
    double loss = onTrue * weights[label] * (logSum - outputs[at + label * Lanes.WIDTH]);
    if (everywhere > 0) {
      for (int c = 0; c < classes; c++) {
        loss += everywhere * weights[c] * (logSum - outputs[at + c * Lanes.WIDTH]);
      }
    }
    add(image, loss, largest(outputs, at, classes) == label ? 1 : 0);
  }

  private void gradient(float[] gradient, int at, int lane, int label, float scale) {
    float mass = (float) (onTrue * weights[label] + everywhere * allWeights);
    for (int c = 0; c < classes; c++) {
      double target = everywhere * weights[c] + (c == label ? onTrue * weights[c] : 0);
      float p = probabilities[c * Lanes.WIDTH + lane];
      gradient[at + c * Lanes.WIDTH] = (p * mass - (float) target) * scale;
    }
  }
}

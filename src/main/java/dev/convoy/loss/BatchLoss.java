package dev.convoy.loss;

import dev.convoy.kernel.lane.Lanes;
import org.jspecify.annotations.Nullable;

/**
 * A loss at work on one batch after another, whose outputs lie as {@link
 * dev.convoy.kernel.lane.Lanes} says: {@code [blocks, outputs, 16]}. One thread owns it; it
 * allocates nothing.
 *
 * <p>Examples may have weights of their own, {@code w}: the mean loss is {@code Σ w l / Σ w c},
 * where {@code c} is what the loss itself weighs an example by, its class's weight, say.
 */
public abstract class BatchLoss {
  private double sum;
  private double weight;
  private double counted;
  private double correct;

  /** One an example of the batch at work; absent where each weighs 1. */
  private float @Nullable [] weights;

  /** What a gradient of the sum is multiplied by. */
  private double scale;

  /** Whether gradients are of the batch's mean loss, or of its sum. */
  public enum Reduction {
    /** The sum divided by the weight: what an optimizer takes. */
    MEAN,
    /** The plain sum: what workers add up. */
    SUM
  }

  /**
   * Computes the loss of the batch's first {@code images} examples, read by {@link #sum}, {@link
   * #weight}, {@link #counted} and {@link #correct}.
   *
   * @param outputs of the network
   * @param labels class number of each example
   * @param gradient by the outputs, written with 0 in unused lanes; absent where nobody asks for it
   * @param reduction what the gradient is of
   */
  public final void compute(
      float[] outputs, int[] labels, int images, float @Nullable [] gradient, Reduction reduction) {
    compute(outputs, labels, null, images, gradient, reduction);
  }

  /**
   * The same for examples that have weights of their own.
   *
   * @param weights one an example, finite and at least 0; absent where each weighs 1
   */
  public final void compute(
      float[] outputs,
      int[] labels,
      float @Nullable [] weights,
      int images,
      float @Nullable [] gradient,
      Reduction reduction) {
    start(weights, images);
    for (int i = 0; i < images; i++) {
      weight += ownWeight(i) * weightOf(labels[i]);
    }
    scaleBy(reduction);
    run(outputs, labels, images, gradient);
  }

  /**
   * The same for target vectors.
   *
   * @param targets {@code [images, outputs]}
   * @throws IllegalArgumentException if this loss takes class numbers alone
   */
  public final void compute(
      float[] outputs,
      float[] targets,
      float @Nullable [] weights,
      int images,
      float @Nullable [] gradient,
      Reduction reduction) {
    start(weights, images);
    for (int i = 0; i < images; i++) {
      weight += ownWeight(i) * vectorWeight();
    }
    scaleBy(reduction);
    runVectors(outputs, targets, images, gradient);
  }

  /** The same for target vectors of examples that weigh 1 each. */
  public final void compute(
      float[] outputs,
      float[] targets,
      int images,
      float @Nullable [] gradient,
      Reduction reduction) {
    compute(outputs, targets, null, images, gradient, reduction);
  }

  /**
   * The same for classes that are mixed: a share of each class, as of blended images.
   *
   * @param shares {@code [images, outputs]}, at least 0; of each image they add up to 1
   * @param labels the class that counts as the right one
   */
  public final void computeMixed(
      float[] outputs,
      float[] shares,
      int[] labels,
      float @Nullable [] weights,
      int images,
      float @Nullable [] gradient,
      Reduction reduction) {
    start(weights, images);
    for (int i = 0; i < images; i++) {
      weight += ownWeight(i) * weightOf(shares, i);
    }
    scaleBy(reduction);
    runMixed(outputs, shares, labels, images, gradient);
  }

  /** The same for examples that weigh 1 each. */
  public final void computeMixed(
      float[] outputs,
      float[] shares,
      int[] labels,
      int images,
      float @Nullable [] gradient,
      Reduction reduction) {
    computeMixed(outputs, shares, labels, null, images, gradient, reduction);
  }

  private void start(float @Nullable [] ownWeights, int images) {
    weights = ownWeights;
    sum = 0;
    weight = 0;
    counted = 0;
    correct = 0;
    for (int i = 0; i < images; i++) {
      counted += ownWeight(i);
    }
  }

  private void scaleBy(Reduction reduction) {
    // Of examples that weigh nothing there is no mean: they leave the parameters as they are.
    double mean = weight == 0 ? 0 : 1 / weight;
    scale = reduction == Reduction.SUM ? 1 : mean;
  }

  /** The weight of an example of its own, whatever its class. */
  private double ownWeight(int image) {
    return weights == null ? 1 : weights[image];
  }

  /** The weight that this loss gives an example of this class. */
  protected abstract double weightOf(int label);

  /** The weight that this loss gives an example of these shares of classes. */
  protected abstract double weightOf(float[] shares, int image);

  /** The weight that this loss gives an example with a target vector. */
  protected double vectorWeight() {
    return 1;
  }

  /** Whether an example counts: else it has neither loss nor gradient, whatever its outputs. */
  protected final boolean counts(int image) {
    return weights == null || weights[image] != 0;
  }

  /** What the gradient of an example's loss is multiplied by. */
  protected final float scale(int image) {
    return (float) (scale * ownWeight(image));
  }

  /**
   * Computes losses, by {@link #add}, and gradients, times {@link #scale}, of examples that count.
   */
  protected abstract void run(
      float[] outputs, int[] labels, int images, float @Nullable [] gradient);

  /** The same for shares of classes. */
  protected abstract void runMixed(
      float[] outputs, float[] shares, int[] labels, int images, float @Nullable [] gradient);

  /** The same for target vectors. */
  protected void runVectors(
      float[] outputs, float[] targets, int images, float @Nullable [] gradient) {
    throw new IllegalArgumentException(
        getClass().getSimpleName() + " needs class numbers, but got target vectors");
  }

  /**
   * Adds an example.
   *
   * @param loss without the example's own weight; 0 where the example does not count
   * @param right the share of it that was predicted right: 1 or 0 where it has a class
   */
  protected final void add(int image, double loss, double right) {
    sum += ownWeight(image) * loss;
    correct += ownWeight(image) * right;
  }

  /** The number of an example's largest output; the first of equal ones. */
  protected static int largest(float[] outputs, int at, int count) {
    int best = 0;
    for (int c = 1; c < count; c++) {
      if (outputs[at + c * Lanes.WIDTH] > outputs[at + best * Lanes.WIDTH]) {
        best = c;
      }
    }
    return best;
  }

  /** The sum of the losses of the last batch, each times its example's own weight. */
  public final double sum() {
    return sum;
  }

  /**
   * Returns what {@link #sum} is divided by for the mean: with softmax cross-entropy {@link
   * #counted}, where classes have no weights, and else the sum of each example's weight times its
   * class's; with all other losses {@link #counted} times the number of outputs.
   */
  public final double weight() {
    return weight;
  }

  /** Returns the mean loss of the last batch; 0 of examples that weigh nothing. */
  public final double mean() {
    return weight == 0 ? 0 : sum / weight;
  }

  /** Returns the sum of the examples' own weights: their number where each weighs 1. */
  public final double counted() {
    return counted;
  }

  /**
   * Returns how many examples of the last batch, each taken times its own weight, were predicted
   * right, as {@link Task} has it: of an example with several labels, the share of them that was
   * right counts. NaN where the task is regression.
   */
  public final double correct() {
    return correct;
  }
}

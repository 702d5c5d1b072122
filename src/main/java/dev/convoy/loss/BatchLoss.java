package dev.convoy.loss;

import dev.convoy.kernel.lane.Lanes;
import org.jspecify.annotations.Nullable;

/**
 * A loss at work on one batch after another, whose outputs lie as {@link
 * dev.convoy.kernel.lane.Lanes} says: {@code [blocks, outputs, 16]}. One thread owns it; it
 * allocates nothing.
 */
public abstract class BatchLoss {
  private double sum;
  private double weight;
  private double correct;

  /** Whether gradients are of the batch's mean loss, or of its sum. */
  public enum Reduction {
    /** The sum divided by the weight: what an optimizer takes. */
    MEAN,
    /** The plain sum: what workers add up. */
    SUM
  }

  /**
   * Computes the loss of the batch's first {@code images} examples, read by {@link #sum}, {@link
   * #weight} and {@link #correct}.
   *
   * @param outputs of the network
   * @param labels class number of each example
   * @param gradient by the outputs, written with 0 in unused lanes; absent where nobody asks for it
   * @param reduction what the gradient is of
   */
  public final void compute(
      float[] outputs, int[] labels, int images, float @Nullable [] gradient, Reduction reduction) {
    double total = 0;
    for (int i = 0; i < images; i++) {
      total += weightOf(labels[i]);
    }
    start(total);
    run(outputs, labels, images, gradient, scale(reduction));
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
      int images,
      float @Nullable [] gradient,
      Reduction reduction) {
    start(images * vectorWeight());
    runVectors(outputs, targets, images, gradient, scale(reduction));
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
      int images,
      float @Nullable [] gradient,
      Reduction reduction) {
    double total = 0;
    for (int i = 0; i < images; i++) {
      total += weightOf(shares, i);
    }
    start(total);
    runMixed(outputs, shares, labels, images, gradient, scale(reduction));
  }

  private void start(double total) {
    sum = 0;
    weight = total;
    correct = 0;
  }

  private float scale(Reduction reduction) {
    if (reduction == Reduction.SUM) {
      return 1;
    }
    // Of examples that weigh nothing there is no mean: they leave the parameters as they are.
    return weight == 0 ? 0 : (float) (1 / weight);
  }

  /** The weight of an example of this class. */
  protected abstract double weightOf(int label);

  /** The weight of an example of these shares of classes. */
  protected abstract double weightOf(float[] shares, int image);

  /** The weight of an example with a target vector. */
  protected double vectorWeight() {
    return 1;
  }

  /** Computes losses, by {@link #add}, and gradients, times {@code scale}. */
  protected abstract void run(
      float[] outputs, int[] labels, int images, float @Nullable [] gradient, float scale);

  /** The same for shares of classes. */
  protected abstract void runMixed(
      float[] outputs,
      float[] shares,
      int[] labels,
      int images,
      float @Nullable [] gradient,
      float scale);

  /** The same for target vectors. */
  protected void runVectors(
      float[] outputs, float[] targets, int images, float @Nullable [] gradient, float scale) {
    throw new IllegalArgumentException(
        getClass().getSimpleName() + " needs class numbers, but got target vectors");
  }

  /**
   * Adds an example.
   *
   * @param right the share of it that was predicted right: 1 or 0 where it has a class
   */
  protected final void add(double loss, double right) {
    sum += loss;
    correct += right;
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

  /** The sum of the losses of the last batch. */
  public final double sum() {
    return sum;
  }

  /**
   * Returns what {@link #sum} is divided by for the mean: with softmax cross-entropy the number of
   * examples, where classes have no weights; with all other losses the number of examples times
   * that of outputs.
   */
  public final double weight() {
    return weight;
  }

  /**
   * Returns how many examples of the last batch were predicted right, as {@link Task} has it: of an
   * example with several labels, the share of them that was right counts. NaN where the task is
   * regression.
   */
  public final double correct() {
    return correct;
  }
}

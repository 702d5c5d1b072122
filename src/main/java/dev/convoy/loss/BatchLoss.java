package dev.convoy.loss;

/**
 * A loss at work on one batch after another, whose outputs lie as {@link dev.convoy.kernel.Lanes}
 * says: {@code [blocks, outputs, 16]}. One thread owns it; it allocates nothing.
 */
public abstract class BatchLoss {
  private double sum;
  private double weight;
  private int correct;

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
   * @param gradient by the outputs, written with 0 in unused lanes; {@code null} where nobody asks
   *     for it
   * @param reduction what the gradient is of
   */
  public final void compute(
      float[] outputs, int[] labels, int images, float[] gradient, Reduction reduction) {
    sum = 0;
    weight = 0;
    correct = 0;
    for (int i = 0; i < images; i++) {
      weight += weightOf(labels[i]);
    }
    float scale = reduction == Reduction.MEAN ? (float) (1 / weight) : 1;
    run(outputs, labels, images, gradient, scale);
  }

  /** The weight of an example of this class. */
  protected abstract double weightOf(int label);

  /** Computes losses, by {@link #add}, and gradients, times {@code scale}. */
  protected abstract void run(
      float[] outputs, int[] labels, int images, float[] gradient, float scale);

  /** Adds an example. */
  protected final void add(double loss, boolean right) {
    sum += loss;
    if (right) {
      correct++;
    }
  }

  /** The sum of the losses of the last batch. */
  public final double sum() {
    return sum;
  }

  /**
   * What {@link #sum} is divided by for the mean: the number of examples, where classes have no
   * weights.
   */
  public final double weight() {
    return weight;
  }

  /**
   * How many examples of the last batch had their class as the largest output; the first wins a
   * tie.
   */
  public final int correct() {
    return correct;
  }
}
